package dev.waggle.platform.cli;

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
            name = "drain",
            mixinStandardHelpOptions = true,
            description = "Has a node hand its accounts over, leave and end.")
    int drain(@Parameters(paramLabel = "NODE") String name) {
        var body = Api.JSON.createObjectNode().put("state", "DRAINING");
        return print(api -> api.call("PUT", ALL + "members/" + Api.segment(name) + "/desired-state", body));
    }
}
