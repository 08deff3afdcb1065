package dev.waggle.platform.boot;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.address.AccountId;
import dev.waggle.address.MessageId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountServices;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.connection.ConnectionSettings;
import dev.waggle.platform.account.media.MediaServices;
import dev.waggle.platform.account.media.MediaSettings;
import dev.waggle.platform.account.media.TransferGate;
import dev.waggle.platform.account.retention.RetentionSettings;
import dev.waggle.platform.admin.AdminPorts;
import dev.waggle.platform.admin.form.EventForm;
import dev.waggle.platform.admin.http.Json;
import dev.waggle.platform.boot.rehearsal.Rehearsal;
import dev.waggle.platform.cluster.AccountDirectory;
import dev.waggle.platform.cluster.Accounts;
import dev.waggle.platform.cluster.ClusterMeters;
import dev.waggle.platform.cluster.ClusterSettings;
import dev.waggle.platform.cluster.Fallen;
import dev.waggle.platform.cluster.FencedOff;
import dev.waggle.platform.cluster.Fencing;
import dev.waggle.platform.cluster.JoinException;
import dev.waggle.platform.cluster.Members;
import dev.waggle.platform.cluster.Membership;
import dev.waggle.platform.cluster.Questions;
import dev.waggle.platform.cluster.ShardedAccounts;
import dev.waggle.platform.cluster.Waking;
import dev.waggle.platform.cluster.bootstrap.Health;
import dev.waggle.platform.cluster.budget.ConnectBudget;
import dev.waggle.platform.cluster.lease.LeaseStore;
import dev.waggle.platform.cluster.runtime.WebVersion;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.platform.eventlog.EventMeters;
import dev.waggle.platform.plugin.PluginHost;
import dev.waggle.platform.plugin.PluginRegistry;
import dev.waggle.platform.plugin.PluginSettings;
import dev.waggle.platform.port.tenure.Tenure;
import dev.waggle.platform.port.webhook.Webhooks;
import dev.waggle.platform.spool.FileSpool;
import dev.waggle.platform.spool.SpoolSettings;
import dev.waggle.platform.webhook.WebhookDesk;
import dev.waggle.platform.webhook.WebhookServices;
import dev.waggle.platform.webhook.WebhookSettings;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.transport.http.HttpClient;
import dev.waggle.transport.netty.NettyHttpClient;
import dev.waggle.transport.netty.NettyTransports;
import dev.waggle.transport.runtime.TaskRuntime;
import dev.waggle.transport.runtime.ThreadRuntime;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running node: stores, accounts, plugins. Everything that talks to accounts goes through [#ask].
public final class Node implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Node.class);
    private static final Duration LEAVE_MAX = Duration.ofSeconds(15);
    /// Far above what the limits of the rooms allow together.
    private static final int TASKS_MAX = 200_000;
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);
    private static final Duration END_MAX = Duration.ofSeconds(60);

    private final Stores stores;
    private final NettyTransports transports = new NettyTransports(2);
    private final HttpClient http = new NettyHttpClient(2);
    private final TaskRuntime runtime = new ThreadRuntime(TASKS_MAX);
    private final PluginRegistry plugins = PluginRegistry.fromClassPath();
    private final EventLog events;
    private final AccountDirectory directory;
    private final ActorSystem<Accounts.Command> system;
    private final Readiness readiness;
    private final FileSpool spool;
    private final WebhookDesk webhooks;
    private final CompletableFuture<WebhookDesk> opened = new CompletableFuture<>();
    private final CompletableFuture<ConnectBudget> budget = new CompletableFuture<>();
    private final MediaSettings media;
    private final ClusterSettings clustered;
    private final Fencing fencing;
    private final WebVersion version;
    private final Neighbours neighbours;
    private final Questions questions;
    private final Rehearsal rehearsal;
    private final Clock clock;
    private final Members members;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /// Starts, and wakes the accounts that should be running; fails when the stores cannot be opened.
    public static Node start(NodeSettings settings) {
        return new Node(settings);
    }

    private Node(NodeSettings settings) {
        BackendDriver driver = BackendDriver.named(settings.backend());
        clustered = settings.cluster();
        fencing = Fencing.of(clustered, settings.config(), driver.lease());
        stores = Stores.open(settings, driver, new SecureRandom());
        directory = AccountDirectory.open(stores.control(), runtime, clustered.enabled())
                .toCompletableFuture()
                .join();
        directory.listenForLosses(stores::forget);
        version = WebVersion.open(stores.control(), settings.client())
                .toCompletableFuture()
                .join();
        events = new EventLog(this::known, stores::forget, new EventMeters(meters));
        neighbours = new Neighbours(clustered, directory, events, version);
        Config config = clustered
                .actorSystemConfig()
                .withFallback(fencing.actorSystemConfig(settings.config()))
                .withFallback(ConfigFactory.parseMap(driver.actorSystemConfig(settings.storage())))
                .withFallback(settings.config());
        rehearsal = Rehearsal.of(config, runtime);
        clock = rehearsal.clock();
        media = MediaSettings.from(config);
        spool = spool(settings, config);
        system = ActorSystem.create(
                Behaviors.<Accounts.Command>setup(context -> root(context, settings, config)),
                "waggle",
                ActorSystemSetup.create(BootstrapSetup.create(config), new LeaseStore(stores.control())));
        questions =
                new Questions(system, directory, Stores.INSTALLATION, config.getInt("waggle.cluster.questions-max"));
        webhooks = WebhookDesk.open(webhookServices(config), system)
                .toCompletableFuture()
                .join();
        opened.complete(webhooks);
        stores.cache().bind(meters);
        stores.bind(meters);
        readiness = new Readiness(system, clustered.node(), stores.control(), clock);
        Health.of(system).answer(readiness::missing);
        spool.bind(meters);
        new DiskSpaceMetrics(settings.storage().dataDirectory().toFile()).bindTo(meters);
        readiness.bind(meters);
        var _ = runtime.every(SWEEP_EVERY, "spool", spool::sweep);
        members = join();
        readiness.joined(members::members);
        ClusterMeters.bind(system, members, clustered, meters);
        neighbours.wake(members, new Waking(system, directory, questions), webhooks, runtime);
    }

    private Members join() {
        try {
            return neighbours.join(system, stores.control());
        } catch (JoinException | IllegalArgumentException e) {
            close();
            throw e;
        }
    }

    private FileSpool spool(NodeSettings settings, Config config) {
        try {
            return new FileSpool(
                    SpoolSettings.of(settings.storage().dataDirectory(), config),
                    account ->
                            stores.account(account).toCompletableFuture().join().sealing(),
                    new SecureRandom(),
                    clock);
        } catch (IOException e) {
            throw new StoreException(StoreException.Code.STORAGE_UNAVAILABLE, "the spool: " + e.getMessage());
        }
    }

    private WebhookServices webhookServices(Config config) {
        return new WebhookServices(
                stores.control(),
                () -> stores.sealer(Stores.INSTALLATION),
                stores::sealer,
                events,
                directory,
                (account, event) -> Json.bytes(EventForm.of(account, event)).toArray(),
                EventForm.TYPES,
                http,
                runtime,
                WebhookSettings.from(config),
                meters,
                new SecureRandom(),
                clock);
    }

    private Behavior<Accounts.Command> root(
            ActorContext<Accounts.Command> context, NodeSettings settings, Config config) {
        ActorRef<Accounts.Command> self = context.getSelf();
        Fallen fallen = new Fallen(context.getSystem(), WebhookDesk.SPREAD);
        Function<AccountId, Tenure> tenures = fencing.tenures(context.getSystem(), clustered.shards());
        FencedOff fencedOff = fencing.fencedOff(context.getSystem(), tenures);
        context.spawn(DeadLetters.create(meters, fallen::toldAgain, fencedOff::holds), "dead-letters");
        ActorRef<PluginHost.Command> host = context.spawn(
                PluginHost.create(
                        plugins,
                        (account, command) -> self.tell(new Accounts.Tell(account, command)),
                        events,
                        runtime,
                        PluginSettings.from(config)),
                "plugins");
        ConnectBudget dials = new ConnectBudget(context, settings.name(), config, stores.control(), directory);
        dials.bind(meters);
        budget.complete(dials);
        AccountServices services = new AccountServices(
                clustered.enabled() ? stores::begun : stores::account,
                transports,
                http,
                new MediaServices(spool, http, new TransferGate(media), runtime, media),
                ConnectionSettings.of(settings.whatsapp(), settings.rootKey()).with(config),
                dials,
                fencedOff::watched,
                version::client,
                events,
                (account, plugin) -> host.tell(new PluginHost.Run(account, plugin)),
                (account, plugin) -> host.tell(new PluginHost.Stop(account, plugin)),
                directory::put,
                (account, replyTo) -> self.tell(new Accounts.Erase(account, replyTo)),
                rehearsal.failpoint(),
                AccountServices.Limits.from(config),
                RetentionSettings.from(config),
                settings.name(),
                new SecureRandom(),
                clock);
        if (!clustered.enabled()) {
            return Accounts.create(services, this::erase);
        }
        neighbours.exchange(context, opened);
        return ShardedAccounts.create(
                clustered.shards(),
                fencing,
                fencedOff,
                services,
                this::erase,
                account -> host.tell(new PluginHost.Gone(account)),
                directory::adrift);
    }

    private CompletionStage<Void> erase(AccountId account) {
        return webhooks.forget(account).thenCompose(_ -> stores.erase(account)).thenCompose(_ -> {
            spool.erase(account);
            return directory.remove(account);
        });
    }

    /// Everything that the admin API needs of this node.
    public AdminPorts adminPorts() {
        return new AdminPorts(
                new AskedAccounts(questions, directory),
                this::outbound,
                events,
                spool,
                webhooks,
                members,
                budget.join(),
                version,
                control(),
                plugins.names(),
                readiness::missing,
                meters,
                runtime,
                new SecureRandom(),
                clock);
    }

    /// From now on the node says that it should not be sent traffic.
    public void leaving() {
        readiness.leave();
    }

    public Webhooks webhooks() {
        return webhooks;
    }

    /// Messages that reached nobody since the node began; none is expected.
    public long deadLetters() {
        return (long) meters.counter(DeadLetters.METER).count();
    }

    public EventLog events() {
        return events;
    }

    public AccountDirectory directory() {
        return directory;
    }

    public PluginRegistry plugins() {
        return plugins;
    }

    public ControlStore control() {
        return stores.control();
    }

    public ActorSystem<?> system() {
        return system;
    }

    /// What it calls itself.
    public String name() {
        return clustered.node();
    }

    /// Who is there, and where accounts live.
    public Members members() {
        return members;
    }

    /// What became of a send; empty when the account knows no such message.
    public CompletionStage<Optional<OutboundRow>> outbound(AccountId account, MessageId message) {
        return directory
                .lookUp(account)
                .thenCompose(row -> row.isEmpty()
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : stores.backend(account).thenCompose(store -> store.outboundById(message)));
    }

    /// Opening stores makes them: nobody may ask them into being for an account that is not there.
    private CompletionStage<Backend> known(AccountId account) {
        return directory
                .lookUp(account)
                .thenCompose(row -> row.isEmpty()
                        ? CompletableFuture.failedFuture(new StoreException(
                                StoreException.Code.STORAGE_UNAVAILABLE, "there is no account " + account))
                        : stores.backend(account));
    }

    /// See [Questions#ask].
    public <T> CompletionStage<Answer<T>> ask(
            AccountId account, Function<ActorRef<Answer<T>>, AccountCommand> command) {
        return questions.ask(account, command, AskedAccounts.ANSWER_MAX);
    }

    /// Orderly: accounts store what may be stored, so that nothing has to be skipped after the next start.
    @Override
    public void close() {
        leaving();
        leaveAll();
        handOver();
        system.terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(END_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the node did not stop in time", e);
        } finally {
            directory.close();
            transports.close();
            http.close();
            runtime.close();
            stores.close();
        }
    }

    /// In a cluster accounts go to their next node, a few at a time; the system ends after the last one.
    private void handOver() {
        if (members instanceof Membership membership) {
            Duration most = membership.leave();
            var _ = system.getWhenTerminated()
                    .toCompletableFuture()
                    // Of its own: everybody else is to hear when the system has really ended.
                    .copy()
                    .completeOnTimeout(Done.getInstance(), most.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    private void leaveAll() {
        if (clustered.enabled()) {
            return;
        }
        try {
            AskPattern.<Accounts.Command, Done>ask(system, Accounts.LeaveAll::new, LEAVE_MAX, system.scheduler())
                    .toCompletableFuture()
                    .get(LEAVE_MAX.toSeconds() + 1, TimeUnit.SECONDS);
        } catch (Exception e) {
            log.warn("not every account left in time; what is stored is enough to go on");
        }
    }
}
