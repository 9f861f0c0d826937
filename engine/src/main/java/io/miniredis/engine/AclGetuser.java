package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code ACL GETUSER username}: the rules of a user. Reply: map of flags, passwords (as SHA-256), commands, keys, channels and
 * selectors; null if there is no such user. Source: Redis 7.0.
 */
final class AclGetuser implements CommandHandler {
    private static final CommandSpec SPEC = Acl.admin("acl|getuser")
            .arity(3)
            .args(ArgSpec.of("username", ArgSpec.Type.STRING))
            .summary("Get the rules for a specific ACL user")
            .complexity("O(N). Where N is the number of password, command and pattern rules that the user has.")
            .history("6.2.0", "Added Pub/Sub channel patterns.")
            .history(
                    "7.0.0",
                    "Added selectors and changed the format of key and channel patterns from a list to their rule representation.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        AclUser user = Worker.of(context).engine.users().find(args.slice(2).toString());
        if (user == null) {
            reply.nil();
            return;
        }
        UserRules rules = user.rules();
        reply.map(6);
        reply.bulk("flags");
        reply.set(rules.flags().size());
        rules.flags().forEach(reply::bulk);
        reply.bulk("passwords");
        reply.array(rules.passwords().size());
        rules.passwords().forEach(reply::bulk);
        describe(rules.root(), reply);
        reply.bulk("selectors");
        reply.array(rules.selectors().size() - 1);
        for (Selector selector : rules.selectors().subList(1, rules.selectors().size())) {
            reply.map(3);
            describe(selector, reply);
        }
    }

    /** Three fields of a map. */
    private static void describe(Selector selector, Reply reply) {
        field("commands", selector.describeCommands(), reply);
        field("keys", selector.describeKeys(), reply);
        field("channels", selector.describeChannels(), reply);
    }

    private static void field(String name, String bytes, Reply reply) {
        reply.bulk(name);
        reply.bulk(bytes.getBytes(ISO_8859_1));
    }
}
