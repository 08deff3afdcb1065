package dev.waggle.platform.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A command that is only the beginning of others, all of which talk to one node.
abstract class CommandGroup implements Runnable {
    @Mixin
    NodeOption node = new NodeOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "which command? see --help");
        }
    }

    /// Shows what the node answered, on one line.
    int print(Function<Api, JsonNode> work) {
        return node.with(api -> {
            System.out.println(work.apply(api));
            return 0;
        });
    }
}
