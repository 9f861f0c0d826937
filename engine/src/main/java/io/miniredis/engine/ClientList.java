package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code CLIENT LIST [TYPE NORMAL | MASTER | REPLICA | PUBSUB] [ID id [id ...]]}: the connections, a line each.
 * Reply: verbatim string. Errors: unknown type, bad id. Cost: O(clients). Source: Redis 7.0.
 */
final class ClientList implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client|list")
            .arity(-2)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .args(ArgSpec.oneOf(
                            "normal_master_replica_pubsub",
                            ArgSpec.token("normal", "NORMAL"),
                            ArgSpec.token("master", "MASTER"),
                            ArgSpec.token("replica", "REPLICA"),
                            ArgSpec.token("pubsub", "PUBSUB"))
                    .withToken("TYPE")
                    .since("5.0.0")
                    .optional())
            .args(ArgSpec.block(
                            "id", ArgSpec.of("client-id", ArgSpec.Type.INTEGER).multiple())
                    .withToken("ID")
                    .since("6.2.0")
                    .optional())
            .tips("nondeterministic_output")
            .summary("Get the list of client connections")
            .since("2.4.0")
            .group("connection")
            .complexity("O(N) where N is the number of client connections")
            .history("2.8.12", "Added unique client `id` field.")
            .history("5.0.0", "Added optional `TYPE` filter.")
            .history("6.0.0", "Added `user` field.")
            .history("6.2.0", "Added `argv-mem`, `tot-mem`, `laddr` and `redir` fields and the optional `ID` filter.")
            .history("7.0.0", "Added `resp`, `multi-mem`, `rbs` and `rbp` fields.")
            .history("7.0.3", "Added `ssub` field.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        if (args.size() == 2) {
            answer(worker, worker.engine.clients(), reply);
        } else if (args.is(2, "TYPE") && args.size() == 4) {
            answer(worker, ofType(worker.engine, ClientType.at(args, 3)), reply);
        } else if (args.is(2, "ID") && args.size() > 3) {
            answer(worker, byId(worker.engine, args), reply);
        } else {
            throw Errors.syntax();
        }
    }

    private static List<ClientSession> ofType(Engine engine, ClientType type) {
        return engine.clients().stream().filter(client -> client.type() == type).collect(Collectors.toList());
    }

    private static List<ClientSession> byId(Engine engine, Args args) throws CommandException {
        List<ClientSession> found = new ArrayList<>();
        for (int i = 3; i < args.size(); i++) {
            long id;
            try {
                id = args.integer(i);
            } catch (CommandException e) {
                throw new CommandException("ERR Invalid client ID");
            }
            ClientSession client = engine.client(id);
            if (client != null) {
                found.add(client);
            }
        }
        return found;
    }

    private static void answer(Worker worker, Collection<ClientSession> clients, Reply reply) {
        StringBuilder lines = new StringBuilder();
        for (ClientSession client : clients) {
            if (!client.isCutOff()) {
                Command running = client == worker.session() ? worker.command() : null;
                lines.append(client.describe(running, worker.nowMillis()));
            }
        }
        reply.verbatim("txt", lines.toString());
    }
}
