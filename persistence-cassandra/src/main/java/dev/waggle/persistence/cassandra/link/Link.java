package dev.waggle.persistence.cassandra.link;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import dev.waggle.storage.StoreException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sessions of this process: for each set of settings one that stores and journal share, and one for leases.
/// Each ends when the last who has it lets go.
public final class Link implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Link.class);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(20);

    /// The profiles that the journal's plugin asks for by name.
    private static final List<String> JOURNAL_PROFILES =
            List.of("pekko-persistence-cassandra-profile", "pekko-persistence-cassandra-snapshot-profile");

    private static final int WAITING_MAX = 50_000;
    private static final Map<Way, Link> OPEN = new HashMap<>();

    /// @param name as the session is called in logs and at the servers
    private record Way(CassandraSettings settings, String name) {}

    private final Way way;
    private final CqlSession session;
    private int holders = 1;

    private Link(Way way, CqlSession session) {
        this.way = way;
        this.session = session;
    }

    /// @throws StoreException when no contact point answers, or it turns us away; it names the setting
    public static Link open(CassandraSettings settings) {
        return open(new Way(settings, "waggle"));
    }

    /// Connections of their own: a lease must not be lost because its renewal waited behind the work that it
    /// guards.
    ///
    /// @throws StoreException as [#open]
    public static Link openForLeases(CassandraSettings settings) {
        return open(new Way(settings, "waggle-leases"));
    }

    private static Link open(Way way) {
        synchronized (OPEN) {
            Link there = OPEN.get(way);
            if (there != null) {
                there.holders++;
                return there;
            }
            Link fresh = new Link(way, connect(way));
            OPEN.put(way, fresh);
            return fresh;
        }
    }

    public CqlSession session() {
        return session;
    }

    public CassandraSettings settings() {
        return way.settings();
    }

    private static CqlSession connect(Way way) {
        CassandraSettings settings = way.settings();
        CqlSessionBuilder builder =
                CqlSession.builder().withConfigLoader(configured(way)).withLocalDatacenter(settings.localDatacenter());
        settings.contactPoints().forEach(point -> builder.addContactPoint(address(point)));
        var login = settings.login();
        if (login != null) {
            builder.withAuthCredentials(login.user(), login.password());
        }
        var trust = settings.trustFile();
        if (trust != null) {
            builder.withSslEngineFactory(Trust.of(trust, settings.contactPoints()));
        }
        try {
            return builder.build();
        } catch (RuntimeException e) {
            throw Entrance.refused(settings, e);
        }
    }

    private static InetSocketAddress address(String point) {
        int colon = point.lastIndexOf(':');
        return new InetSocketAddress(point.substring(0, colon), Integer.parseInt(point.substring(colon + 1)));
    }

    private static DriverConfigLoader configured(Way way) {
        CassandraSettings settings = way.settings();
        ProgrammaticDriverConfigLoaderBuilder options = DriverConfigLoader.programmaticBuilder()
                .withString(DefaultDriverOption.SESSION_NAME, way.name())
                // In version 5 a conditional update that took too long is answered with a count that the driver leaves
                // unread: it takes that for the next answer, and gives up the connection with all that is under way.
                .withString(DefaultDriverOption.PROTOCOL_VERSION, "V4")
                .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
                .withString(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, "LOCAL_SERIAL")
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, settings.requestMax())
                // Our writes carry their own timestamps: again is the same. What is conditional says that it is not.
                .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
                .withInt(DefaultDriverOption.REQUEST_PAGE_SIZE, 500)
                .withClass(
                        DefaultDriverOption.REQUEST_THROTTLER_CLASS,
                        com.datastax.oss.driver.internal.core.session.throttling.ConcurrencyLimitingRequestThrottler
                                .class)
                // More wait here rather than at the server, where leases would wait behind them.
                .withInt(DefaultDriverOption.REQUEST_THROTTLER_MAX_CONCURRENT_REQUESTS, settings.requestsMax())
                .withInt(DefaultDriverOption.REQUEST_THROTTLER_MAX_QUEUE_SIZE, WAITING_MAX)
                .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, Duration.ofSeconds(5))
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(10))
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, Duration.ofSeconds(10))
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, Duration.ofSeconds(20))
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_AGREEMENT_TIMEOUT, Duration.ofSeconds(30))
                .withDuration(DefaultDriverOption.HEARTBEAT_INTERVAL, Duration.ofSeconds(5))
                .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, Duration.ofSeconds(5))
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(500))
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(5))
                // Ends when it is told to: nobody asks any more.
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .withStringList(DefaultDriverOption.METRICS_SESSION_ENABLED, Measures.SESSION)
                .withStringList(DefaultDriverOption.METRICS_NODE_ENABLED, Measures.NODE)
                // What takes longer than this is not counted at all, and that would be the slowest.
                .withDuration(
                        DefaultDriverOption.METRICS_SESSION_CQL_REQUESTS_HIGHEST,
                        settings.requestMax().plus(settings.requestMax()));
        for (String profile : JOURNAL_PROFILES) {
            options.startProfile(profile)
                    .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
                    .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
                    .endProfile();
        }
        return options.build();
    }

    @Override
    public void close() {
        synchronized (OPEN) {
            if (--holders > 0) {
                return;
            }
            OPEN.remove(way, this);
        }
        try {
            session.closeAsync().toCompletableFuture().get(CLOSE_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var _ = session.forceCloseAsync();
        } catch (ExecutionException | TimeoutException e) {
            // Whoever ends must not wait for this for ever: a process that does not end is not started again.
            log.warn("{} is not closed after {}: {}", way.name(), CLOSE_MAX, e.toString());
            var _ = session.forceCloseAsync();
        }
    }
}
