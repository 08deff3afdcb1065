package dev.waggle.storage.sqlite.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.StorageSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.testkit.javadsl.TestKit;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/// An actor system over a file, and a probe that speaks to its plugins as a persistent actor would.
final class PluginProbe implements AutoCloseable {
    static final String WRITER = "4b6f9a3e-0000-4000-8000-000000000001";

    final ActorSystem system;
    final ActorRef journal;
    final ActorRef snapshots;
    final TestKit probe;

    PluginProbe(Path directory) {
        system = ActorSystem.create("journal", config(directory));
        Persistence persistence = Persistence.get(system);
        journal = persistence.journalFor("waggle.sqlite-journal", ConfigFactory.empty());
        snapshots = persistence.snapshotStoreFor("waggle.sqlite-snapshots", ConfigFactory.empty());
        probe = new TestKit(system);
    }

    static Config config(Path directory) {
        StorageSettings settings = StorageSettings.in(directory);
        return ConfigFactory.parseMap(BackendDriver.named("sqlite").actorSystemConfig(settings))
                .withFallback(ConfigFactory.parseMap(Map.of(
                        "pekko.actor.allow-java-serialization", "on",
                        "pekko.actor.warn-about-java-serializer-usage", "off",
                        "pekko.loglevel", "ERROR",
                        "pekko.stdout-loglevel", "ERROR")))
                .withFallback(ConfigFactory.load());
    }

    static PersistentRepr event(String id, long sequence, Object payload) {
        return PersistentRepr.apply(payload, sequence, id, "", false, ActorRef.noSender(), WRITER)
                .withTimestamp(1_000 + sequence);
    }

    static AtomicWrite atomic(PersistentRepr... events) {
        return AtomicWrite.apply(sequence(List.of(events)));
    }

    static <T> Seq<T> sequence(List<T> list) {
        return CollectionConverters.asScala(list).toSeq();
    }

    void send(AtomicWrite... writes) {
        Seq<org.apache.pekko.persistence.PersistentEnvelope> messages = sequence(List.of(writes));
        journal.tell(new JournalProtocol.WriteMessages(messages, probe.getRef(), 1), probe.getRef());
    }

    /// Writes `a-from` .. `a-to`, each as its own atomic write, and waits.
    void write(String id, long from, long to) {
        List<AtomicWrite> writes = new ArrayList<>();
        for (long i = from; i <= to; i++) {
            writes.add(atomic(event(id, i, "a-" + i)));
        }
        send(writes.toArray(AtomicWrite[]::new));
        probe.expectMsgEquals(JournalProtocol.WriteMessagesSuccessful$.MODULE$);
        for (long i = from; i <= to; i++) {
            probe.expectMsgClass(JournalProtocol.WriteMessageSuccess.class);
        }
    }

    /// What a replay gives: payloads, then the highest sequence as the last element.
    List<Object> replay(String id, long from, long to, long max) {
        journal.tell(new JournalProtocol.ReplayMessages(from, to, max, id, probe.getRef()), probe.getRef());
        List<Object> seen = new ArrayList<>();
        while (true) {
            Object message = probe.expectMsgAnyClassOf(
                    JournalProtocol.ReplayedMessage.class, JournalProtocol.RecoverySuccess.class);
            if (message instanceof JournalProtocol.RecoverySuccess success) {
                seen.add(success.highestSequenceNr());
                return seen;
            }
            if (message instanceof JournalProtocol.ReplayedMessage replayed) {
                seen.add(replayed.persistent().payload());
            }
        }
    }

    void deleteTo(String id, long to) {
        journal.tell(new JournalProtocol.DeleteMessagesTo(id, to, probe.getRef()), probe.getRef());
        probe.expectMsgClass(org.apache.pekko.persistence.DeleteMessagesSuccess.class);
    }

    @Override
    public void close() {
        TestKit.shutdownActorSystem(system);
    }
}
