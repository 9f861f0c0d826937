package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code CLUSTER}: the state of a cluster, as clients ask for it. Its subcommands are always an error, since there is no
 * cluster. Source: Redis 7.0 without a cluster.
 */
public final class Cluster implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("cluster")
            .arity(-2)
            .summary("A container for cluster commands")
            .since("3.0.0")
            .group("cluster")
            .complexity("Depends on subcommand.")
            .build();

    private static final List<CommandSpec> SUBCOMMANDS = List.of(
            CommandSpec.named("cluster|info")
                    .arity(2)
                    .flags(CommandFlag.STALE)
                    .tips("nondeterministic_output")
                    .summary("Provides info about Redis Cluster node state")
                    .since("3.0.0")
                    .group("cluster")
                    .complexity("O(1)")
                    .build(),
            CommandSpec.named("cluster|slots")
                    .arity(2)
                    .flags(CommandFlag.STALE)
                    .tips("nondeterministic_output")
                    .summary("Get array of Cluster slot to node mappings")
                    .since("3.0.0")
                    .group("cluster")
                    .complexity("O(N) where N is the total number of Cluster nodes")
                    .deprecated("7.0.0", "`CLUSTER SHARDS`")
                    .history("4.0.0", "Added node IDs.")
                    .history("7.0.0", "Added additional networking metadata field.")
                    .build(),
            CommandSpec.named("cluster|shards")
                    .arity(2)
                    .flags(CommandFlag.STALE)
                    .tips("nondeterministic_output")
                    .summary("Get array of cluster slots to node mappings")
                    .since("7.0.0")
                    .group("cluster")
                    .complexity("O(N) where N is the total number of cluster nodes")
                    .build(),
            CommandSpec.named("cluster|nodes")
                    .arity(2)
                    .flags(CommandFlag.STALE)
                    .tips("nondeterministic_output")
                    .summary("Get Cluster config for the node")
                    .since("3.0.0")
                    .group("cluster")
                    .complexity("O(N) where N is the total number of Cluster nodes")
                    .build(),
            CommandSpec.named("cluster|myid")
                    .arity(2)
                    .flags(CommandFlag.STALE)
                    .summary("Return the node id")
                    .since("3.0.0")
                    .group("cluster")
                    .complexity("O(1)")
                    .build(),
            CommandSpec.named("cluster|keyslot")
                    .arity(3)
                    .flags(CommandFlag.STALE)
                    .args(ArgSpec.of("key", ArgSpec.Type.STRING))
                    .summary("Returns the hash slot of the specified key")
                    .since("3.0.0")
                    .group("cluster")
                    .complexity("O(N) where N is the number of bytes in the key")
                    .build(),
            CommandSpec.named("cluster|countkeysinslot")
                    .arity(3)
                    .flags(CommandFlag.STALE)
                    .args(ArgSpec.of("slot", ArgSpec.Type.INTEGER))
                    .summary("Return the number of local keys in the specified hash slot")
                    .since("3.0.0")
                    .group("cluster")
                    .complexity("O(1)")
                    .build(),
            CommandSpec.named("cluster|getkeysinslot")
                    .arity(4)
                    .flags(CommandFlag.STALE)
                    .args(ArgSpec.of("slot", ArgSpec.Type.INTEGER))
                    .args(ArgSpec.of("count", ArgSpec.Type.INTEGER))
                    .tips("nondeterministic_output")
                    .summary("Return local key names in the specified hash slot")
                    .since("3.0.0")
                    .group("cluster")
                    .complexity("O(log(N)) where N is the number of requested keys")
                    .build(),
            CommandSpec.named("cluster|links")
                    .arity(2)
                    .flags(CommandFlag.STALE)
                    .tips("nondeterministic_output")
                    .summary("Returns a list of all TCP links to and from peer nodes in cluster")
                    .since("7.0.0")
                    .group("cluster")
                    .complexity("O(N) where N is the total number of Cluster nodes")
                    .build(),
            CommandSpec.named("cluster|replicas")
                    .arity(3)
                    .flags(CommandFlag.ADMIN, CommandFlag.STALE)
                    .args(ArgSpec.of("node-id", ArgSpec.Type.STRING))
                    .tips("nondeterministic_output")
                    .summary("List replica nodes of the specified master node")
                    .since("5.0.0")
                    .group("cluster")
                    .complexity("O(1)")
                    .build(),
            CommandSpec.named("cluster|help")
                    .arity(2)
                    .flags(CommandFlag.LOADING, CommandFlag.STALE)
                    .summary("Show helpful text about the different subcommands")
                    .since("5.0.0")
                    .group("cluster")
                    .complexity("O(1)")
                    .build());

    /** For the service loader. */
    public Cluster() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        throw Errors.wrongArity("cluster");
    }

    /** A subcommand. */
    private record Subcommand(CommandSpec spec) implements CommandHandler {
        @Override
        public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
            throw refusal();
        }
    }

    /** What a command is answered that needs a cluster. */
    static CommandException refusal() {
        return new CommandException("ERR This instance has cluster support disabled");
    }

    @Override
    public List<CommandHandler> subcommands() {
        List<CommandHandler> all = new ArrayList<>();
        SUBCOMMANDS.forEach(spec -> all.add(new Subcommand(spec)));
        return all;
    }
}
