package dev.waggle.platform.boot;

import dev.waggle.storage.BackendDriver;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which node's store a command is about: the same options that start the node.
final class StoreOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:WAGGLE_CONF}",
            description = "Configuration file of the node; default: conf/waggle.conf.")
    private @Nullable Path file;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "As the node is started, such as -Dwaggle.data-dir=/d.")
    private Map<String, String> given = new LinkedHashMap<>();

    /// @throws SettingsException at the first value that cannot be
    NodeSettings settings() {
        return NodeSettings.of(Configuration.load(given, file), System::getenv);
    }

    BackendDriver driver(NodeSettings settings) {
        return BackendDriver.named(settings.backend());
    }
}
