/**
 * The seam between a protocol, which moves bytes, and the engine, which runs commands. Neither knows the other; plugins that
 * only add commands need none of this.
 */
package io.miniredis.api.transport;
