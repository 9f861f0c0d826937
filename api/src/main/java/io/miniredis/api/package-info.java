/** The contract between the server and its commands, data types and eviction policies. */
package io.miniredis.api;
