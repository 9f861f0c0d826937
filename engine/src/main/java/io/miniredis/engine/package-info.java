/**
 * The server without its sockets: {@link io.miniredis.engine.Engine} joins the command table, the sharded keyspace, expiry,
 * eviction, clients and plugins. The generic commands are here too, one small class each.
 */
package io.miniredis.engine;
