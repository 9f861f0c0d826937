/** A plugin: a command that limits rates, with a small value type of its own, seeing nothing of the server but its API. */
module demo.ratelimiter {
    requires io.miniredis.api;

    provides io.miniredis.api.CommandHandler with
            demo.ratelimiter.Throttle;
    provides io.miniredis.api.ValueType with
            demo.ratelimiter.ArrivalType;
}
