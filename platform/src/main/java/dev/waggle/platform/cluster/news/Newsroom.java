package dev.waggle.platform.cluster.news;

import dev.waggle.address.AccountId;
import dev.waggle.storage.control.AccountRow;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.pubsub.Topic;

/// Collects what happened on this node, tells it to the others, and hears what they tell.
public final class Newsroom extends AbstractBehavior<Newsroom.Command> {
    private static final Duration COLLECT = Duration.ofMillis(20);
    /// One issue is one message between nodes: more than so many accounts go into the next.
    private static final int ISSUE_MAX = 200;

    public sealed interface Command {}

    public record Listed(AccountRow row) implements Command {}

    public record Gone(AccountId account) implements Command {}

    public record Published(AccountId account) implements Command {}

    public record WebhooksChanged() implements Command {}

    public record SettingsChanged() implements Command {}

    private record Heard(News news) implements Command {}

    private record Print() implements Command {}

    private final String node;
    private final TimerScheduler<Command> timers;
    private final Consumer<News> reader;
    private final ActorRef<Topic.Command<News>> topic;
    private final Map<AccountId, AccountRow> listed = new LinkedHashMap<>();
    private final Set<AccountId> gone = new HashSet<>();
    private final Set<AccountId> published = new HashSet<>();
    private boolean webhooks;
    private boolean settings;
    private boolean collecting;

    /// @param reader given what other nodes tell
    public static Behavior<Command> create(String node, Consumer<News> reader) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Newsroom(context, timers, node, reader)));
    }

    private Newsroom(
            ActorContext<Command> context, TimerScheduler<Command> timers, String node, Consumer<News> reader) {
        super(context);
        this.node = node;
        this.timers = timers;
        this.reader = reader;
        this.topic = context.spawn(Topic.create(News.class, "news"), "news");
        topic.tell(Topic.subscribe(context.messageAdapter(News.class, Heard::new)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Listed(var row) -> {
                gone.remove(row.id());
                listed.put(row.id(), row);
                collect(listed.size());
            }
            case Gone(var account) -> {
                listed.remove(account);
                gone.add(account);
                collect(gone.size());
            }
            case Published(var account) -> {
                published.add(account);
                collect(published.size());
            }
            case WebhooksChanged() -> {
                webhooks = true;
                collect(1);
            }
            case SettingsChanged() -> {
                settings = true;
                collect(1);
            }
            case Heard(var news) -> {
                if (!news.node().equals(node)) {
                    reader.accept(news);
                }
            }
            case Print() -> print();
        }
        return this;
    }

    private void collect(int size) {
        if (size >= ISSUE_MAX) {
            timers.cancelAll();
            print();
        } else if (!collecting) {
            collecting = true;
            timers.startSingleTimer(new Print(), COLLECT);
        }
    }

    private void print() {
        collecting = false;
        topic.tell(Topic.publish(new News(node, List.copyOf(listed.values()), gone, published, webhooks, settings)));
        listed.clear();
        gone.clear();
        published.clear();
        webhooks = false;
        settings = false;
    }
}
