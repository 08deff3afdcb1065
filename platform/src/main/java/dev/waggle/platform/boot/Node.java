package dev.waggle.platform.boot;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.address.AccountId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountServices;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.connection.ConnectionSettings;
import dev.waggle.platform.cluster.Accounts;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.platform.journal.Sealing;
import dev.waggle.platform.plugin.PluginHost;
import dev.waggle.platform.plugin.PluginRegistry;
import dev.waggle.platform.plugin.PluginSettings;
import dev.waggle.stanza.login.ClientSettings;
import dev.waggle.stanza.login.ClientVersion;
import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StorageSettings;
import dev.waggle.transport.Target;
import dev.waggle.transport.netty.NettyTransports;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// One running node: stores, accounts, plugins. Everything that talks to accounts goes through [#ask].
public final class Node implements AutoCloseable {
    private static final String WEB_VERSION = "2.3000.1043857760";
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

    private final BackendProvider stores;
    private final NettyTransports transports = new NettyTransports(2);
    private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    private final EventLog events;
    private final ActorSystem<Accounts.Command> system;

    /// Starts; fails when the stores cannot be opened.
    public static Node start(NodeSettings settings) {
        return new Node(settings);
    }

    private Node(NodeSettings settings) {
        BackendDriver driver = BackendDriver.named(settings.backend());
        StorageSettings storage = StorageSettings.in(settings.dataDirectory());
        stores = driver.start(storage);
        events = new EventLog(stores::open);
        Config config =
                ConfigFactory.parseMap(driver.actorSystemConfig(storage)).withFallback(ConfigFactory.load());
        system = ActorSystem.create(
                Behaviors.<Accounts.Command>setup(context -> root(context, settings, config)), "waggle", config);
    }

    private org.apache.pekko.actor.typed.Behavior<Accounts.Command> root(
            ActorContext<Accounts.Command> context, NodeSettings settings, Config config) {
        ActorRef<Accounts.Command> self = context.getSelf();
        ActorRef<PluginHost.Command> plugins = context.spawn(
                PluginHost.create(
                        PluginRegistry.fromClassPath(),
                        (account, command) -> self.tell(new Accounts.Tell(account, command)),
                        events,
                        handlers,
                        PluginSettings.from(config)),
                "plugins");
        return Accounts.create(new AccountServices(
                account -> stores.open(account)
                        .thenApply(
                                store -> new AccountServices.Stores(store, Sealing.PLAIN, () -> stores.erase(account))),
                transports,
                ConnectionSettings.of(Target.of(settings.whatsapp()), settings.rootKey()),
                ClientSettings.of(ClientVersion.parse(WEB_VERSION), settings.deviceName()),
                events,
                (account, plugin) -> plugins.tell(new PluginHost.Run(account, plugin)),
                (account, plugin) -> plugins.tell(new PluginHost.Stop(account, plugin)),
                point -> {},
                AccountServices.Limits.DEFAULT,
                "node-1",
                new SecureRandom(),
                Clock.systemUTC()));
    }

    public EventLog events() {
        return events;
    }

    public <T> CompletionStage<Answer<T>> ask(
            AccountId account, Function<ActorRef<Answer<T>>, AccountCommand> command) {
        return AskPattern.ask(
                system, replyTo -> new Accounts.Tell(account, command.apply(replyTo)), ANSWER_MAX, system.scheduler());
    }

    @Override
    public void close() {
        system.terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the node did not stop in time", e);
        } finally {
            transports.close();
            handlers.close();
            stores.close();
        }
    }
}
