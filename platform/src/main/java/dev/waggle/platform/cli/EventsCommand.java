package dev.waggle.platform.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `waggle events`: what happened, one line of JSON per event.
@Command(name = "events", mixinStandardHelpOptions = true, description = "Prints an account's events in order.")
public final class EventsCommand implements Callable<Integer> {
    private static final int PAGE = 500;
    private static final long PAUSE_MIN_MS = 250;
    private static final long PAUSE_MAX_MS = 10_000;

    @Mixin
    private NodeOption node = new NodeOption();

    @Parameters(paramLabel = "ACCOUNT")
    private String account = "";

    @Option(names = "--after", paramLabel = "SEQUENCE", description = "Only what came after this one.")
    private long after;

    @Option(names = "--types", paramLabel = "TYPES", description = "Only these, such as message.received,message.sent.")
    private String types = "";

    @Option(
            names = "--follow",
            description = "Go on with what comes; over a lost connection or a restart of the node, too.")
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

    /// Goes on until it is interrupted, or the node says that there is nothing to follow. A node that was there
    /// once is waited for.
    private int tail(Api api, String path) {
        long cursor = after;
        long pause = 0;
        while (true) {
            try (Stream<JsonNode> events = api.follow(path + cursor)) {
                for (Iterator<JsonNode> each = events.iterator(); each.hasNext(); ) {
                    JsonNode event = each.next();
                    System.out.println(event);
                    cursor = event.path("sequence").asLong();
                    pause = 0;
                }
                System.err.println("the node ended the answer; going on after " + cursor);
            } catch (ApiException e) {
                if (!e.passing() || cursor == after && pause == 0) {
                    throw e;
                }
            } catch (UncheckedIOException e) {
                System.err.println("the connection was lost; going on after " + cursor);
            }
            pause = Math.clamp(2 * pause, PAUSE_MIN_MS, PAUSE_MAX_MS);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
        }
    }
}
