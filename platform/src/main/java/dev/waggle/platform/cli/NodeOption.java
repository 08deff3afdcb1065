package dev.waggle.platform.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Which node a command talks to, and with which key.
final class NodeOption {
    @Option(
            names = "--node",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:WAGGLE_URL:-http://127.0.0.1:8470}",
            description = "The node's admin address; default: WAGGLE_URL, or http://127.0.0.1:8470.")
    private URI node = URI.create("http://127.0.0.1:8470");

    /// @return the command's exit code; 1 with a line on stderr when the node refused or was not there
    int with(ToIntFunction<Api> work) {
        @Nullable String key = System.getenv("WAGGLE_ADMIN_KEY");
        if (key == null || key.isBlank()) {
            System.err.println(
                    "WAGGLE_ADMIN_KEY is not set: it holds the key that the node printed at its first start");
            return 2;
        }
        if (node.getHost() == null || !String.valueOf(node.getScheme()).matches("https?")) {
            System.err.println("--node: " + node + " (expected: a URL such as http://127.0.0.1:8470)");
            return 2;
        }
        @Nullable String trust = System.getenv("WAGGLE_TRUST_FILE");
        try (Api api = new Api(node, key.strip(), trust == null || trust.isBlank() ? null : Path.of(trust))) {
            return work.applyAsInt(api);
        } catch (ApiException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }
}
