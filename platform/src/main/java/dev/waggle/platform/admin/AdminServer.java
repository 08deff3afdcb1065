package dev.waggle.platform.admin;

import dev.waggle.address.AccountId;
import dev.waggle.address.MessageId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.admin.cluster.ClusterRoutes;
import dev.waggle.platform.admin.cluster.Moves;
import dev.waggle.platform.admin.cluster.OperationRoutes;
import dev.waggle.platform.admin.cluster.RuntimeRoutes;
import dev.waggle.platform.admin.http.Call;
import dev.waggle.platform.admin.http.ParsingProblems;
import dev.waggle.platform.admin.http.Route;
import dev.waggle.platform.admin.http.RouteTable;
import dev.waggle.platform.admin.media.MediaRoutes;
import dev.waggle.platform.admin.tls.ServerTls;
import dev.waggle.platform.admin.webhook.WebhookRoutes;
import dev.waggle.platform.cluster.operation.Operations;
import dev.waggle.proto.journal.MediaFile;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.ServerBuilder;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.Materializer;
import org.jspecify.annotations.Nullable;

/// The admin API while it listens.
public final class AdminServer {
    private static final Duration STOP_MAX = Duration.ofSeconds(5);

    private final ServerBinding binding;
    private final Streams streams;
    private final ActorRef<PairingFeed.Command> feed;
    private final RouteTable table;
    private final URI address;
    private final Optional<String> generatedKey;

    private AdminServer(
            ServerBinding binding,
            RouteTable table,
            Streams streams,
            ActorRef<PairingFeed.Command> feed,
            AdminSettings settings,
            Optional<String> generatedKey) {
        this.binding = binding;
        this.table = table;
        this.streams = streams;
        this.feed = feed;
        String host = settings.host();
        this.address = URI.create(
                (settings.tls() == null ? "http://" : "https://") + (host.contains(":") ? "[" + host + "]" : host) + ":"
                        + binding.localAddress().getPort());
        this.generatedKey = generatedKey;
    }

    /// Opens the API. Fails with [AdminBindException] when the address cannot be had, with a
    /// [dev.waggle.storage.StoreException] when the keys cannot be read: without keys nothing is served.
    public static CompletionStage<AdminServer> start(ActorSystem<?> system, AdminPorts ports, AdminSettings settings) {
        if (settings.exposed()) {
            return CompletableFuture.failedStage(new AdminBindException(
                    settings.host(),
                    settings.port(),
                    "a loopback address, the files of waggle.http.tls, or waggle.http.allow-remote = on"));
        }
        ApiKeys keys = new ApiKeys(ports.control(), ports.clock());
        return keys.prepare(settings.firstKey(), ports.random())
                .thenCompose(generated -> bind(system, ports, settings, keys, generated));
    }

    private static CompletionStage<AdminServer> bind(
            ActorSystem<?> system, AdminPorts ports, AdminSettings settings, ApiKeys keys, Optional<String> generated) {
        AdminSettings.Limits limits = settings.limits();
        ServerTls tls = tls(ports, settings);
        String prefix = prefix(ports);
        Streams streams = new Streams(limits.streamsMax(), limits.heartbeat());
        ActorRef<PairingFeed.Command> feed =
                system.systemActorOf(PairingFeed.create(ports.accounts()), "pairing-feed-" + prefix, Props.empty());
        Materializer materializer = Materializer.matFromSystem(system);
        RouteTable table = new RouteTable(routes(ports, streams, feed, materializer));
        Gate gate = new Gate(
                table,
                keys,
                new Call.BodyLimits(limits.bodyBytesMax(), limits.bodyMax()),
                materializer,
                ports.meters(),
                ports.runtime(),
                prefix + "-");
        ProcessMeters.bind(ports.meters());
        Gauge.builder("waggle.http.streams", streams, Streams::open)
                .description("Event streams that are open")
                .register(ports.meters());
        Function<HttpRequest, CompletionStage<HttpResponse>> handler = gate::answer;
        ServerBuilder server =
                Http.get(system).newServerAt(settings.host(), settings.port()).withSettings(settings(system, limits));
        return (tls == null ? server : server.enableHttps(ConnectionContext.httpsServer(tls::engine)))
                .bind(handler)
                .thenApply(binding -> new AdminServer(binding, table, streams, feed, settings, generated))
                .exceptionallyCompose(failure -> {
                    feed.tell(new PairingFeed.Stop());
                    return CompletableFuture.failedStage(
                            new AdminBindException(settings.host(), settings.port(), Failures.cause(failure)));
                });
    }

    private static @Nullable ServerTls tls(AdminPorts ports, AdminSettings settings) {
        AdminSettings.Tls files = settings.tls();
        if (files == null) {
            return null;
        }
        ServerTls tls = ServerTls.open(files.certificateFile(), files.keyFile(), ports.clock());
        TimeGauge.builder(
                        "waggle.http.certificate.ends",
                        tls,
                        TimeUnit.SECONDS,
                        one -> one.ends().getEpochSecond())
                .description("When the certificate of the admin API ends")
                .strongReference(true)
                .register(ports.meters());
        return tls;
    }

    private static List<Route> routes(
            AdminPorts ports, Streams streams, ActorRef<PairingFeed.Command> feed, Materializer materializer) {
        return Stream.of(
                        new AccountRoutes(ports).routes(),
                        new PairingRoutes(ports, feed, streams, materializer).routes(),
                        new MessageRoutes(ports, new SentMessages(ports, materializer)).routes(),
                        new MediaRoutes(ports.spool(), files(ports), ports.runtime()).routes(),
                        new EventRoutes(ports, streams).routes(),
                        new WebhookRoutes(ports.webhooks()).routes(),
                        new PluginRoutes(ports).routes(),
                        new ClusterRoutes(ports.members(), ports.budget()).routes(),
                        operations(ports).routes(),
                        new RuntimeRoutes(ports.version()).routes(),
                        new HealthRoutes(ports).routes(),
                        new MetricsRoutes(ports).routes())
                .flatMap(List::stream)
                .toList();
    }

    private static OperationRoutes operations(AdminPorts ports) {
        Asking asking = new Asking(ports.accounts());
        return new OperationRoutes(
                new Operations(ports.control(), ports.random(), ports.clock()),
                call -> asking.describe(call).thenApply(_ -> Asking.account(call)),
                new Moves(ports.members(), ports.accounts()::ask, ports.runtime()),
                Map.of(
                        "restart",
                        ports.accounts()::restart,
                        "logout",
                        account -> ports.accounts()
                                .ask(account, (ActorRef<Answer<AccountView>> to) -> new AccountCommand.Logout(to))));
    }

    private static MediaRoutes.Accounts files(AdminPorts ports) {
        Asking asking = new Asking(ports.accounts());
        return new MediaRoutes.Accounts() {
            @Override
            public CompletionStage<Boolean> linked(Call call) {
                return asking.describe(call).thenApply(view -> view.jid() != null);
            }

            @Override
            public CompletionStage<MediaFile> fetch(
                    AccountId account, MessageId message, boolean thumbnail, Duration most) {
                return ports.accounts()
                        .<MediaFile>ask(account, to -> new AccountCommand.FetchMedia(message, thumbnail, to), most)
                        .thenApply(Failures::granted);
            }
        };
    }

    /// Requests have their own deadlines here, so the server's is off. Headers stay as they were sent: nothing of
    /// them may end up in a warning, least of all a key.
    private static ServerSettings settings(ActorSystem<?> system, AdminSettings.Limits limits) {
        ServerSettings defaults = ServerSettings.create(system.classicSystem());
        return defaults.withWebsocketSettings(defaults.getWebsocketSettings()
                        .withPeriodicKeepAliveMaxIdle(scala.concurrent.duration.Duration.fromNanos(
                                limits.heartbeat().toNanos())))
                .withServerHeader(Optional.empty())
                .withVerboseErrorMessages(false)
                .withMaxConnections(limits.connectionsMax())
                .withParsingErrorHandler(ParsingProblems.class.getName())
                .withTimeouts(defaults.getTimeouts().withRequestTimeout(scala.concurrent.duration.Duration.Inf()))
                .withParserSettings(defaults.getParserSettings()
                        .withIllegalHeaderWarnings(false)
                        .withModeledHeaderParsing(false));
    }

    private static String prefix(AdminPorts ports) {
        byte[] bytes = new byte[4];
        ports.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Where it listens, e.g. `http://127.0.0.1:8470`.
    public URI address() {
        return address;
    }

    /// The first key when one had to be made: it exists nowhere else, so show it once.
    public Optional<String> generatedKey() {
        return generatedKey;
    }

    /// Every route that there is.
    List<Route> routes() {
        return table.routes();
    }

    /// Takes no more requests, ends the streams, and waits a little for what is being answered.
    public CompletionStage<Done> stop() {
        streams.close();
        feed.tell(new PairingFeed.Stop());
        return binding.terminate(STOP_MAX).thenApply(_ -> Done.getInstance());
    }
}
