package demo.ratelimiter;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.RW;
import static io.miniredis.api.KeySpec.Access.UPDATE;

import demo.ratelimiter.RateLimit.Decision;
import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code THROTTLE key burst rate period [cost]}: asks whether one more request may be made, of which {@code rate} are allowed
 * in {@code period} seconds, and {@code burst} more at once. A cost of 0 asks without taking anything. Reply: array of five
 * integers: 1 if it is limited, else 0; how many requests may come at once at most; how many may still come; in how many
 * seconds to retry, -1 if it was allowed or never will be; in how many seconds the key is as new. Seconds are rounded up. Errors: an
 * argument that is not an integer or out of range; WRONGTYPE if the key holds another type. Cost: O(1).
 */
public final class Throttle implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("throttle")
            .arity(-5)
            .write()
            .denyOom()
            .fast()
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("burst", ArgSpec.Type.INTEGER),
                    ArgSpec.of("rate", ArgSpec.Type.INTEGER),
                    ArgSpec.of("period", ArgSpec.Type.INTEGER),
                    ArgSpec.of("cost", ArgSpec.Type.INTEGER).optional())
            .summary("Asks whether one more request stays within a rate, and counts it if so")
            .complexity("O(1)")
            .build();

    private static final int MAX_ARGS = 6;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** For the service loader. */
    public Throttle() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        if (args.size() > MAX_ARGS) {
            throw Errors.wrongArity(SPEC.name());
        }
        RateLimit limit = RateLimit.of(args.integer(2), args.integer(3), args.integer(4));
        long cost = args.size() == MAX_ARGS ? args.integer(5) : 1;
        if (cost < 0) {
            throw new CommandException("ERR cost must not be negative");
        }
        Key key = args.key(1);
        long arrivalNanos = ArrivalType.get(context, key);
        Decision decision = limit.decide(arrivalNanos, context.nowMillis() * NANOS_PER_MILLI, cost);
        if (decision.allowed() && cost > 0) {
            ArrivalType.put(context, key, decision.arrivalNanos());
        }
        answer(limit, decision, reply);
    }

    private static void answer(RateLimit limit, Decision decision, Reply reply) {
        reply.array(5);
        reply.integer(decision.allowed() ? 0 : 1);
        reply.integer(limit.requests());
        reply.integer(decision.remaining());
        reply.integer(retryAfterSeconds(decision));
        reply.integer(seconds(decision.resetAfterNanos()));
    }

    private static long retryAfterSeconds(Decision decision) {
        long nanos = decision.retryAfterNanos();
        return nanos == Decision.NO_RETRY ? -1 : seconds(nanos);
    }

    /** Rounded up: who comes back then does not come too early. */
    private static long seconds(long nanos) {
        return (nanos + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND;
    }
}
