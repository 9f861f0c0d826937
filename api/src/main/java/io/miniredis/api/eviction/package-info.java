/**
 * Which key goes when memory is full. A policy proposes; the engine samples, removes and counts.
 */
package io.miniredis.api.eviction;
