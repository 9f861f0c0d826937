/** How values travel between servers: Redis's own form, as in the payloads of {@code DUMP} and {@code RESTORE}. */
package io.miniredis.api.rdb;
