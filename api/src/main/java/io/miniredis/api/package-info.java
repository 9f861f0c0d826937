/**
 * What a plugin sees: commands ({@link io.miniredis.api.CommandHandler}), the keys they may touch
 * ({@link io.miniredis.api.Keyspace}), the answers they write ({@link io.miniredis.api.Reply}) and the kinds of values they
 * store ({@link io.miniredis.api.ValueType}).
 *
 * <p>Types that plugins implement gain only default methods; types that plugins call are made by the server. Nothing here is
 * null unless it says so.
 */
package io.miniredis.api;
