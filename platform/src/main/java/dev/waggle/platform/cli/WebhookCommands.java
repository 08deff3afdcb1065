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

/// `waggle webhook …`: one line of JSON per thing.
@Command(
        name = "webhook",
        mixinStandardHelpOptions = true,
        description = "Makes, shows, tries, moves and removes webhooks.",
        synopsisSubcommandLabel = "COMMAND")
public final class WebhookCommands extends CommandGroup {
    private static final String ALL = "/v1/webhooks";

    private static String path(String webhook) {
        return ALL + "/" + Api.segment(webhook);
    }

    private static String cursor(String webhook, String account) {
        return path(webhook) + "/accounts/" + Api.segment(account) + "/cursor";
    }

    private int silently(String method, String path) {
        return node.with(api -> {
            api.call(method, path, null);
            return 0;
        });
    }

    private int pages(String path) {
        return node.with(api -> {
            String cursor = "";
            do {
                JsonNode page = api.get(path + (cursor.isEmpty() ? "" : "?cursor=" + Api.segment(cursor)));
                page.path("items").forEach(System.out::println);
                cursor = page.path("next").asText("");
            } while (!cursor.isEmpty());
            return 0;
        });
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a webhook. Its secret is in this answer and in no other.")
    int create(
            @Parameters(paramLabel = "URL") String url,
            @Option(names = "--account", paramLabel = "ACCOUNT") @Nullable List<String> accounts,
            @Option(names = "--label", paramLabel = "LABEL") @Nullable List<String> labels,
            @Option(names = "--type", paramLabel = "TYPE") @Nullable List<String> types,
            @Option(names = "--header", paramLabel = "NAME=VALUE") @Nullable Map<String, String> headers,
            @Option(names = "--ordering", paramLabel = "chat|account") @Nullable String ordering,
            @Option(names = "--from-start", description = "Begin with the oldest event.") boolean earliest) {
        ObjectNode body = Api.JSON.createObjectNode().put("url", url);
        list(body, "accounts", accounts);
        list(body, "labels", labels);
        list(body, "types", types);
        if (headers != null) {
            ObjectNode map = body.putObject("headers");
            new LinkedHashMap<>(headers).forEach(map::put);
        }
        if (ordering != null) {
            body.put("ordering", ordering);
        }
        if (earliest) {
            body.put("start", "earliest");
        }
        return print(api -> api.call("POST", ALL, body));
    }

    private static void list(ObjectNode body, String name, @Nullable List<String> values) {
        if (values != null) {
            ArrayNode list = body.putArray(name);
            new ArrayList<>(values).forEach(list::add);
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows all webhooks.")
    int list() {
        return pages(ALL);
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one webhook.")
    int show(@Parameters(paramLabel = "WEBHOOK") String webhook) {
        return print(api -> api.get(path(webhook)));
    }

    @Command(name = "pause", mixinStandardHelpOptions = true, description = "Delivers nothing until it is resumed.")
    int pause(@Parameters(paramLabel = "WEBHOOK") String webhook) {
        return enabled(webhook, false);
    }

    @Command(name = "resume", mixinStandardHelpOptions = true, description = "Goes on where it was.")
    int resume(@Parameters(paramLabel = "WEBHOOK") String webhook) {
        return enabled(webhook, true);
    }

    private int enabled(String webhook, boolean enabled) {
        return print(api ->
                api.call("PATCH", path(webhook), Api.JSON.createObjectNode().put("enabled", enabled)));
    }

    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Removes it with all that it kept.")
    int delete(@Parameters(paramLabel = "WEBHOOK") String webhook) {
        return silently("DELETE", path(webhook));
    }

    @Command(name = "test", mixinStandardHelpOptions = true, description = "Delivers a ping, now and once.")
    int test(@Parameters(paramLabel = "WEBHOOK") String webhook) {
        return print(api -> api.call("POST", path(webhook) + "/test", null));
    }

    @Command(name = "rotate", mixinStandardHelpOptions = true, description = "Makes another secret and shows it.")
    int rotate(@Parameters(paramLabel = "WEBHOOK") String webhook) {
        return print(api -> api.call("POST", path(webhook) + "/secrets", null));
    }

    @Command(name = "retire", mixinStandardHelpOptions = true, description = "Has a secret sign no more.")
    int retire(
            @Parameters(paramLabel = "WEBHOOK") String webhook, @Parameters(paramLabel = "SECRET-ID") String secret) {
        return silently("DELETE", path(webhook) + "/secrets/" + Api.segment(secret));
    }

    @Command(name = "cursors", mixinStandardHelpOptions = true, description = "Where it stands with each account.")
    int cursors(@Parameters(paramLabel = "WEBHOOK") String webhook) {
        return pages(path(webhook) + "/accounts");
    }

    @Command(name = "rewind", mixinStandardHelpOptions = true, description = "Goes on after another sequence.")
    int rewind(
            @Parameters(paramLabel = "WEBHOOK") String webhook,
            @Parameters(paramLabel = "ACCOUNT") String account,
            @Parameters(paramLabel = "SEQUENCE|earliest|latest") String after) {
        ObjectNode body = Api.JSON.createObjectNode();
        if (after.matches("[0-9]{1,18}")) {
            body.put("after", Long.parseLong(after));
        } else {
            body.put("after", after);
        }
        return print(api -> api.call("PUT", cursor(webhook, account), body));
    }

    @Command(name = "dead-letters", mixinStandardHelpOptions = true, description = "Shows what was given up.")
    int deadLetters(@Parameters(paramLabel = "WEBHOOK") String webhook) {
        return pages(path(webhook) + "/dead-letters");
    }

    @Command(name = "redeliver", mixinStandardHelpOptions = true, description = "Tries a dead letter once more.")
    int redeliver(
            @Parameters(paramLabel = "WEBHOOK") String webhook, @Parameters(paramLabel = "LETTER") String letter) {
        return print(
                api -> api.call("POST", path(webhook) + "/dead-letters/" + Api.segment(letter) + "/redelivery", null));
    }

    @Command(name = "drop", mixinStandardHelpOptions = true, description = "Forgets a dead letter.")
    int drop(@Parameters(paramLabel = "WEBHOOK") String webhook, @Parameters(paramLabel = "LETTER") String letter) {
        return silently("DELETE", path(webhook) + "/dead-letters/" + Api.segment(letter));
    }
}
