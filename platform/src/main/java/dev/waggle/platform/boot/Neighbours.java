package dev.waggle.platform.boot;

import dev.waggle.platform.cluster.AccountDirectory;
import dev.waggle.platform.cluster.ClusterSettings;
import dev.waggle.platform.cluster.Members;
import dev.waggle.platform.cluster.Membership;
import dev.waggle.platform.cluster.ShardCount;
import dev.waggle.platform.cluster.Waking;
import dev.waggle.platform.cluster.news.News;
import dev.waggle.platform.cluster.news.Newsroom;
import dev.waggle.platform.cluster.runtime.WebVersion;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.platform.webhook.WebhookDesk;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.transport.runtime.TaskRuntime;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// The other nodes of the cluster, when there are any: what this one tells them, hears of them, and does for all.
final class Neighbours {
    private static final Duration REREAD_EVERY = Duration.ofSeconds(30);
    private static final Duration WAKE_EVERY = Duration.ofMinutes(5);

    private final ClusterSettings settings;
    private final AccountDirectory directory;
    private final EventLog events;
    private final WebVersion version;
    private volatile Runnable changed = () -> {};

    Neighbours(ClusterSettings settings, AccountDirectory directory, EventLog events, WebVersion version) {
        this.version = version;
        this.settings = settings;
        this.directory = directory;
        this.events = events;
    }

    /// Tells the others what happens here, and hears what happens there.
    ///
    /// @param desk complete once there is one
    void exchange(ActorContext<?> context, CompletionStage<WebhookDesk> desk) {
        ActorRef<Newsroom.Command> newsroom =
                context.spawn(Newsroom.create(settings.node(), news -> heard(news, desk)), "newsroom");
        version.listen(() -> newsroom.tell(new Newsroom.SettingsChanged()));
        changed = () -> newsroom.tell(new Newsroom.WebhooksChanged());
        directory.listen(row -> newsroom.tell(new Newsroom.Listed(row)));
        directory.listenForEnds(account -> newsroom.tell(new Newsroom.Gone(account)));
        events.listen(account -> newsroom.tell(new Newsroom.Published(account)));
    }

    private void heard(News news, CompletionStage<WebhookDesk> desk) {
        news.listed().forEach(directory::heard);
        news.gone().forEach(directory::heardGone);
        news.published().forEach(events::heard);
        if (news.settings()) {
            var _ = version.reread();
        }
        if (news.webhooks()) {
            var _ = desk.thenCompose(WebhookDesk::heard);
        }
    }

    /// Becomes a member, or stays alone.
    ///
    /// @throws dev.waggle.platform.cluster.JoinException when the others do not take this node in
    /// @throws IllegalArgumentException when the accounts are divided otherwise
    Members join(ActorSystem<?> system, ControlStore control) {
        if (!settings.enabled()) {
            return Members.alone(settings.node(), settings.appVersion());
        }
        try {
            ShardCount.check(control, settings.shards()).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        return Membership.join(system, settings);
    }

    /// Begins what should run; in a cluster the eldest sees to it again and again.
    void wake(Members members, Waking waking, WebhookDesk desk, TaskRuntime runtime) {
        if (!(members instanceof Membership membership)) {
            waking.begin();
            return;
        }
        desk.listen(() -> changed.run());
        var _ = runtime.every(REREAD_EVERY, "directory", () -> {
            var _ = directory.reread().thenCompose(_ -> desk.heard()).thenCompose(_ -> version.reread());
        });
        Runnable ifEldest = () -> {
            if (membership.oldest()) {
                var _ = directory.reread().thenRun(waking::begin);
            }
        };
        ifEldest.run();
        var _ = runtime.every(WAKE_EVERY, "wakes", ifEldest);
    }
}
