package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code CONFIG REWRITE}: writes the directives as they are now into the configuration file that the server was started
 * with. Reply: OK. Errors: there is no such file; it cannot be written, and then it is as before. Source: Redis 7.0.
 */
final class ConfigRewrite implements CommandHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigRewrite.class);

    private static final CommandSpec SPEC = CommandSpec.named("config|rewrite")
            .arity(2)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .summary("Rewrite the configuration file with the in memory configuration")
            .since("2.8.0")
            .group("server")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Host host = Worker.of(context).engine.host();
        if (host.configFile().isEmpty()) {
            throw new CommandException("ERR The server is running without a config file");
        }
        try {
            host.rewriteConfigFile();
        } catch (IOException e) {
            LOG.warn("The configuration file {} was not rewritten", host.configFile(), e);
            throw new CommandException("ERR Rewriting config file: " + e.getMessage());
        }
        LOG.info("The configuration file {} was rewritten", host.configFile());
        reply.ok();
    }
}
