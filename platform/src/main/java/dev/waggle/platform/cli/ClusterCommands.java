package dev.waggle.platform.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `waggle cluster …`: one line of JSON per node or shard.
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "Shows the nodes and where accounts live, and drains nodes.",
        synopsisSubcommandLabel = "COMMAND")
public final class ClusterCommands extends CommandGroup {
    private static final String ALL = "/v1/cluster/";

    private int items(String what) {
        return node.with(api -> {
            api.get(ALL + what).path("items").forEach(System.out::println);
            return 0;
        });
    }

    @Command(name = "members", mixinStandardHelpOptions = true, description = "Shows the nodes.")
    int members() {
        return items("members");
    }

    @Command(name = "shards", mixinStandardHelpOptions = true, description = "Shows which accounts live where.")
    int shards() {
        return items("shards");
    }

    @Command(
            name = "web-version",
            mixinStandardHelpOptions = true,
            description = "Shows the web client that accounts speak as, or sets it for their next logins.")
    int webVersion(@Parameters(paramLabel = "VERSION", arity = "0..1") @Nullable String version) {
        String path = "/v1/runtime/wa-web-version";
        return print(api -> version == null
                ? api.get(path)
                : api.call("PUT", path, Api.JSON.createObjectNode().put("version", version)));
    }

    @Command(
            name = "drain",
            mixinStandardHelpOptions = true,
            description = "Has a node hand its accounts over, leave and end.")
    int drain(@Parameters(paramLabel = "NODE") String name) {
        var body = Api.JSON.createObjectNode().put("state", "DRAINING");
        return print(api -> api.call("PUT", ALL + "members/" + Api.segment(name) + "/desired-state", body));
    }
}
