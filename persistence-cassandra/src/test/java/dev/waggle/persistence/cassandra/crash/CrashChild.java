package dev.waggle.persistence.cassandra.crash;

import com.typesafe.config.ConfigFactory;
import dev.waggle.persistence.cassandra.CassandraDriver;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StorageSettings;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.crash.Script;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/// Writes until it is killed or Cassandra is, and says on its standard output what was acknowledged: `store
/// <account> <n>`, `control 0 <n>` and `journal <actor> <n>`, one a line.
final class CrashChild {
    /// Batches of one account on their way at once.
    private static final int WINDOW = 8;

    private final PrintStream acks = System.out;
    private final Executor answers = Executors.newSingleThreadExecutor();

    private CrashChild() {}

    static void main(String... arguments) {
        new CrashChild()
                .run(new StorageSettings(
                        Path.of("."),
                        Map.of("contact-points", arguments[0], "keyspace", arguments[1], "replication", "1")));
    }

    private void run(StorageSettings settings) {
        CassandraDriver driver = new CassandraDriver();
        BackendProvider provider = driver.start(settings);
        for (int number = 0; number < Script.ACCOUNTS; number++) {
            Backend backend =
                    provider.open(Script.account(number)).toCompletableFuture().join();
            long mark = backend.appliedSequence().toCompletableFuture().join();
            synchronized (this) {
                for (int i = 1; i <= WINDOW; i++) {
                    apply(backend, number, mark + i);
                }
            }
        }
        control(provider.control());
        var config = ConfigFactory.parseMap(driver.actorSystemConfig(settings))
                .withFallback(ConfigFactory.parseMap(Map.of("pekko.stdout-loglevel", "OFF", "pekko.loglevel", "OFF")))
                .withFallback(ConfigFactory.load());
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.setup(context -> {
                    for (int number = 0; number < Script.ACTORS; number++) {
                        context.spawn(counter(number), "counter-" + number);
                    }
                    return Behaviors.empty();
                }),
                "crash",
                config);
        system.getWhenTerminated().toCompletableFuture().join();
    }

    private synchronized void apply(Backend backend, int number, long n) {
        backend.apply(Script.batch(n))
                .whenCompleteAsync(
                        (applied, failure) -> {
                            if (failure == null && applied) {
                                say("store " + number + " " + n);
                                apply(backend, number, n + WINDOW);
                            }
                            // Otherwise the order is broken and nobody knows what is there: the end is near.
                        },
                        answers);
    }

    private void control(ControlStore control) {
        Thread.ofVirtual().start(() -> {
            for (long n = Script.counted(control) + 1; ; n++) {
                Script.count(control, n);
                say("control 0 " + n);
            }
        });
    }

    private synchronized void say(String line) {
        acks.print(line + "\n");
        acks.flush();
    }

    private Behavior<Long> counter(int number) {
        return Behaviors.setup(context -> {
            context.getSelf().tell(0L);
            return new Counter(number, n -> {
                say("journal " + number + " " + n);
                context.getSelf().tell(n);
            });
        });
    }

    private static final class Counter extends EventSourcedBehavior<Long, Long, Long> {
        private final LongConsumer persisted;

        Counter(int number, LongConsumer persisted) {
            super(PersistenceId.ofUniqueId(Script.actor(number)));
            this.persisted = persisted;
        }

        @Override
        public Long emptyState() {
            return 0L;
        }

        @Override
        public CommandHandler<Long, Long, Long> commandHandler() {
            return (state, command) -> Effect().persist(state + 1).thenRun(persisted::accept);
        }

        @Override
        public EventHandler<Long, Long> eventHandler() {
            return (state, event) -> event;
        }
    }
}
