package dev.waggle.platform.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `waggle events`: what happened, one line of JSON per event.
@Command(name = "events", mixinStandardHelpOptions = true, description = "Prints an account's events in order.")
public final class EventsCommand implements Callable<Integer> {
    private static final int PAGE = 500;

    @Mixin
    private NodeOption node = new NodeOption();

    @Parameters(paramLabel = "ACCOUNT")
    private String account = "";

    @Option(names = "--after", paramLabel = "SEQUENCE", description = "Only what came after this one.")
    private long after;

    @Option(names = "--types", paramLabel = "TYPES", description = "Only these, such as message.received,message.sent.")
    private String types = "";

    @Option(names = "--follow", description = "Go on with what comes.")
    private boolean follow;

    @Override
    public Integer call() {
        String path = "/v1/accounts/" + Api.segment(account) + "/events?limit=" + PAGE
                + (types.isEmpty() ? "" : "&types=" + Api.segment(types)) + "&after=";
        return node.with(api -> follow ? tail(api, path) : pages(api, path));
    }

    private int pages(Api api, String path) {
        long cursor = after;
        while (true) {
            JsonNode items = api.get(path + cursor).path("items");
            items.forEach(System.out::println);
            if (items.size() < PAGE) {
                return 0;
            }
            cursor = items.get(items.size() - 1).path("sequence").asLong();
        }
    }

    private int tail(Api api, String path) {
        try (Stream<JsonNode> events = api.follow(path + after)) {
            events.forEach(System.out::println);
        }
        System.err.println("the node ended the answer");
        return 1;
    }
}
