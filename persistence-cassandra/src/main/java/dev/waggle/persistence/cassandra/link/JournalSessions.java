package dev.waggle.persistence.cassandra.link;

import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import dev.waggle.storage.StorageSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.connectors.cassandra.CqlSessionProvider;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.concurrent.Future$;

/// Gives the journal's plugin the session of the stores. The plugin makes it by its name.
public final class JournalSessions implements CqlSessionProvider {
    /// The section of the journal's plugin.
    public static final String PLUGIN = "pekko.persistence.cassandra";
    /// Where the options of the stores stand for it, as texts.
    public static final String OPTIONS = "waggle-options";

    private final Config config;

    public JournalSessions(ActorSystem system, Config config) {
        this.config = config;
    }

    /// The settings of the stores, from the section [#PLUGIN].
    public static CassandraSettings settings(Config config) {
        Map<String, String> options = new HashMap<>();
        config.getConfig(OPTIONS).root().forEach((name, value) -> options.put(name, String.valueOf(value.unwrapped())));
        return CassandraSettings.from(new StorageSettings(Path.of("."), options));
    }

    @Override
    public Future<CqlSession> connect(ExecutionContext executor) {
        try {
            return Future$.MODULE$.successful(new HeldSession(Link.open(settings(config))));
        } catch (RuntimeException e) {
            return Future$.MODULE$.failed(e);
        }
    }
}
