package dev.waggle.platform.boot;

import com.typesafe.config.Config;
import dev.waggle.platform.admin.AdminBindException;
import dev.waggle.platform.admin.AdminServer;
import dev.waggle.platform.admin.AdminSettings;
import dev.waggle.platform.boot.ending.LastResort;
import dev.waggle.platform.cluster.JoinException;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.vault.MasterKeyException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `waggle serve`: a node until it is stopped.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs a node. When it is ready it prints one line of JSON with its address.")
final class ServeCommand implements Callable<Integer> {
    private static final long STOP_MAX_SECONDS = 15;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:WAGGLE_CONF}",
            description = "Configuration file (HOCON); default: conf/waggle.conf.")
    private @Nullable Path file;

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "Sets one key, such as -Dwaggle.http.port=0.")
    private Map<String, String> given = new LinkedHashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch down = new CountDownLatch(1);
        try {
            Config config = Configuration.load(given, file);
            NodeSettings settings = NodeSettings.of(config, System::getenv);
            AdminSettings admin = AdminSettings.of(config, System.getenv("WAGGLE_ADMIN_KEY"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped, down), "stop"));
            try (Node node = Node.start(settings)) {
                LastResort.over(node.system());
                serve(node, admin, stopped);
            }
            return 0;
        } catch (IllegalArgumentException
                | StoreException
                | MasterKeyException
                | AdminBindException
                | JoinException e) {
            System.err.println("serve: " + e.getMessage());
            return 1;
        } finally {
            down.countDown();
        }
    }

    private static void stop(CountDownLatch stopped, CountDownLatch down) {
        stopped.countDown();
        try {
            down.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void serve(Node node, AdminSettings settings, CountDownLatch stopped) throws InterruptedException {
        AdminServer admin;
        try {
            admin = AdminServer.start(node.system(), node.adminPorts(), settings)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
        admin.generatedKey()
                .ifPresent(
                        key -> System.err.println("admin key, shown this once; put it into WAGGLE_ADMIN_KEY: " + key));
        System.out.println("{\"ready\":true,\"http\":\"" + admin.address() + "\"}");
        System.out.flush();
        // A node that was drained, or that the others put out, is over.
        var _ = node.system().getWhenTerminated().thenRun(stopped::countDown);
        stopped.await();
        node.leaving();
        // What ended with its node needs no end of its own, and might never say that it has one.
        if (!node.system().getWhenTerminated().toCompletableFuture().isDone()) {
            var _ = admin.stop()
                    .toCompletableFuture()
                    .completeOnTimeout(Done.getInstance(), STOP_MAX_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }
}
