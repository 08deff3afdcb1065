package dev.waggle.platform.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `waggle account …`: one line of JSON per account.
@Command(
        name = "account",
        mixinStandardHelpOptions = true,
        description = "Makes, shows, starts, stops and removes accounts.",
        synopsisSubcommandLabel = "COMMAND")
public final class AccountCommands extends CommandGroup {
    private static String path(String account) {
        return "/v1/accounts/" + Api.segment(account);
    }

    @Command(name = "put", mixinStandardHelpOptions = true, description = "Makes an account, or changes it.")
    int put(
            @Parameters(paramLabel = "ACCOUNT") String account,
            @Option(names = "--push-name", paramLabel = "NAME") @Nullable String pushName,
            @Option(names = "--label", paramLabel = "LABEL") @Nullable List<String> labels,
            @Option(names = "--metadata", paramLabel = "KEY=VALUE") @Nullable Map<String, String> metadata) {
        ObjectNode body = Api.JSON.createObjectNode();
        if (pushName != null) {
            body.put("pushName", pushName);
        }
        if (labels != null) {
            ArrayNode list = body.putArray("labels");
            new ArrayList<>(labels).forEach(list::add);
        }
        if (metadata != null) {
            ObjectNode map = body.putObject("metadata");
            new LinkedHashMap<>(metadata).forEach(map::put);
        }
        return print(api -> api.call("PUT", path(account), body));
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one account.")
    int show(@Parameters(paramLabel = "ACCOUNT") String account) {
        return print(api -> api.get(path(account)));
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows all accounts.")
    int list() {
        return node.with(api -> {
            String after = "";
            do {
                JsonNode page =
                        api.get("/v1/accounts?limit=100" + (after.isEmpty() ? "" : "&cursor=" + Api.segment(after)));
                page.path("items").forEach(System.out::println);
                after = page.path("next").asText("");
            } while (!after.isEmpty());
            return 0;
        });
    }

    @Command(name = "start", mixinStandardHelpOptions = true, description = "Has the account run from now on.")
    int start(@Parameters(paramLabel = "ACCOUNT") String account) {
        return desired(account, "RUNNING");
    }

    @Command(name = "stop", mixinStandardHelpOptions = true, description = "Has the account stay offline from now on.")
    int stop(@Parameters(paramLabel = "ACCOUNT") String account) {
        return desired(account, "STOPPED");
    }

    private int desired(String account, String state) {
        ObjectNode body = Api.JSON.createObjectNode().put("state", state);
        return print(api -> api.call("PUT", path(account) + "/desired-state", body));
    }

    @Command(
            name = "restart",
            mixinStandardHelpOptions = true,
            description = "Has the account begin anew, from its journal. Prints the operation.")
    int restart(@Parameters(paramLabel = "ACCOUNT") String account) {
        ObjectNode body = Api.JSON.createObjectNode().put("type", "restart");
        return print(api -> api.call("POST", path(account) + "/operations", body));
    }

    @Command(
            name = "migrate",
            mixinStandardHelpOptions = true,
            description = "Has the account move to another node, with the others of its shard. Prints the operation.")
    int migrate(
            @Parameters(paramLabel = "ACCOUNT") String account,
            @Option(names = "--to", paramLabel = "NODE") @Nullable String to) {
        ObjectNode body = Api.JSON.createObjectNode().put("type", "migrate");
        if (to != null) {
            body.put("to", to);
        }
        return print(api -> api.call("POST", path(account) + "/operations", body));
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description =
                    "Removes the account and destroys its data key. Its phone goes on listing the device until it is removed there.")
    int delete(@Parameters(paramLabel = "ACCOUNT") String account) {
        return node.with(api -> {
            api.call("DELETE", path(account), null);
            return 0;
        });
    }

    @Command(
            name = "plugin",
            mixinStandardHelpOptions = true,
            description = "Binds a bot to the account, or unbinds it.")
    int plugin(
            @Parameters(paramLabel = "ACCOUNT") String account,
            @Parameters(paramLabel = "PLUGIN") String plugin,
            @Option(names = "--remove", description = "Unbind it.") boolean remove) {
        return node.with(api -> {
            JsonNode answer = api.call(
                    remove ? "DELETE" : "PUT",
                    path(account) + "/plugins/" + Api.segment(plugin),
                    remove ? null : Api.JSON.createObjectNode());
            if (!answer.isMissingNode()) {
                System.out.println(answer);
            }
            return 0;
        });
    }
}
