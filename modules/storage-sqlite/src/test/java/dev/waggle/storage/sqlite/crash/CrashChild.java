package dev.waggle.storage.sqlite.crash;

import com.typesafe.config.ConfigFactory;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StorageSettings;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.crash.Script;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/// Writes until it is killed, and says on its standard output what was acknowledged: `store <account> <n>` and
/// `journal <actor> <n>`, one a line.
final class CrashChild {
    /// Batches of one account on their way at once.
    private static final int WINDOW = 8;

    private final PrintStream acks = System.out;

    /// Asks for the next batch in the order of the answers: an answer that is there before its listener would
    /// otherwise be heard by the thread that asked, ahead of the answers before it.
    private final Executor answers = Executors.newSingleThreadExecutor();

    private CrashChild() {}

    static void main(String... arguments) {
        new CrashChild().run(Path.of(arguments[0]));
    }

    private void run(Path directory) {
        BackendDriver driver = BackendDriver.named("sqlite");
        StorageSettings settings = StorageSettings.in(directory);
        BackendProvider provider = driver.start(settings);
        for (int number = 0; number < Script.ACCOUNTS; number++) {
            Backend backend =
                    provider.open(Script.account(number)).toCompletableFuture().join();
            long mark = backend.appliedSequence().toCompletableFuture().join();
            // Under the lock, for the answer to the first one asks for the ninth, after the eighth.
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
                            say(
                                    failure == null && applied
                                            ? "store " + number + " " + n
                                            : "failed " + number + " " + n + " " + failure);
                            apply(backend, number, n + WINDOW);
                        },
                        answers);
    }

    /// One call after another, each as it is: the audit first, then the document that counts them.
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
        private final java.util.function.LongConsumer persisted;

        Counter(int number, java.util.function.LongConsumer persisted) {
            super(PersistenceId.ofUniqueId(Script.actor(number)));
            this.persisted = persisted;
        }

        @Override
        public Long emptyState() {
            return 0L;
        }

        @Override
        public CommandHandler<Long, Long, Long> commandHandler() {
            return (state, command) -> Effect().persist(state + 1).thenRun(next -> persisted.accept(next));
        }

        @Override
        public EventHandler<Long, Long> eventHandler() {
            return (state, event) -> event;
        }
    }
}
