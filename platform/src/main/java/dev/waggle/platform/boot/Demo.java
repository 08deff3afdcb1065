package dev.waggle.platform.boot;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.address.AccountId;
import dev.waggle.noise.RootKey;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.ObservedState;
import dev.waggle.platform.account.PairingView;
import dev.waggle.platform.admin.AdminServer;
import dev.waggle.platform.admin.AdminSettings;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;

/// Everything on one desk: a simulated server, a node, one account that a simulated phone pairs, the echo bot, and
/// a contact who talks to it.
public final class Demo implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final AccountId ACCOUNT = new AccountId("demo");

    private final Simulator simulator;
    private final NodeSettings settings;
    private Node node;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Consumer<String> out;

    public static Demo start(String backend, Consumer<String> out) throws Exception {
        return start(backend, ConfigFactory.empty(), out);
    }

    /// @param changed settings other than the defaults
    static Demo start(String backend, Config changed, Consumer<String> out) throws Exception {
        return new Demo(backend, Files.createTempDirectory("waggle-demo"), changed, out);
    }

    /// @param data where the account is kept
    static Demo start(String backend, Path data, Consumer<String> out) throws Exception {
        return new Demo(backend, data, ConfigFactory.empty(), out);
    }

    private Demo(String backend, Path data, Config changed, Consumer<String> out) throws Exception {
        this.out = out;
        simulator = Simulator.start(SimulatorSettings.DEFAULT);
        settings = new NodeSettings(simulator.ws(), new RootKey(simulator.rootKey()), backend, data, "Waggle demo")
                .with(changed);
        node = Node.start(settings);
    }

    Node node() {
        return node;
    }

    /// The node goes down in order and another takes its place over the same data.
    void restart() {
        restart(() -> {});
    }

    /// @param meanwhile what happens to the data while no node runs
    void restart(Runnable meanwhile) {
        node.close();
        meanwhile.run();
        node = Node.start(settings);
    }

    NodeSettings settings() {
        return settings;
    }

    /// Opens the admin API at any free port, with a key for everybody to see.
    ///
    /// @return where it listens
    URI openAdmin(String key) {
        return AdminServer.start(node.system(), node.adminPorts(), AdminSettings.of("127.0.0.1", 0, key))
                .toCompletableFuture()
                .join()
                .address();
    }

    URI simulatorAdmin() {
        return simulator.admin();
    }

    Path data() {
        return settings.storage().dataDirectory();
    }

    AccountView online() throws Exception {
        return until("the account is online", this::view, seen -> seen.observed() == ObservedState.ONLINE);
    }

    <T> T granted(Function<ActorRef<Answer<T>>, AccountCommand> command) throws Exception {
        CompletionStage<Answer<T>> asked = node.ask(ACCOUNT, command);
        return switch (asked.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            case Answer.Granted<T>(var value) -> value;
            case Answer.Refused<T>(var refusal) -> throw new IllegalStateException(refusal.toString());
        };
    }

    String post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.admin() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return read(http.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    String get(String path) throws Exception {
        return read(http.send(
                HttpRequest.newBuilder(URI.create(simulator.admin() + path)).build(),
                HttpResponse.BodyHandlers.ofString()));
    }

    private static String read(HttpResponse<String> response) {
        if (response.statusCode() >= 300) {
            throw new IllegalStateException("simulator: " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    <T> T until(String what, Supplier<T> look, Predicate<T> enough) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T seen = look.get();
        while (!enough.test(seen)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(what + " did not happen within " + PATIENCE + "; last seen: " + seen);
            }
            TimeUnit.MILLISECONDS.sleep(50);
            seen = look.get();
        }
        return seen;
    }

    private AccountView view() {
        try {
            return granted(AccountCommand.Describe::new);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// Pairs the account by QR and binds the echo bot; gives the account's phone number JID.
    String pair() throws Exception {
        granted((ActorRef<Answer<AccountView>> to) ->
                new AccountCommand.Configure("Demo bot", List.of("demo"), Map.of(), to));
        PairingView begun = granted(to -> new AccountCommand.StartPairing(null, to));
        PairingView shown = until(
                "a QR code",
                () -> {
                    try {
                        return granted(to -> new AccountCommand.DescribePairing(begun.id(), to));
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                pairing -> pairing.qr() != null || pairing.over());
        out.accept("pairing: a QR code is shown, the simulated phone scans it");
        post("/mock-phone/scan-qr", String.valueOf(shown.qr()));
        AccountView online = online();
        granted((ActorRef<Answer<AccountView>> to) -> new AccountCommand.BindPlugin("echo", Map.of(), to));
        out.accept("account " + ACCOUNT + " is " + online.observed());
        return String.valueOf(online.pn());
    }

    /// The contact says it, the bot answers, the contact hears the answer.
    void exchange(String contact, String account, String text) throws Exception {
        out.accept("contact: " + text);
        post("/contacts/" + contact + "/messages", "{\"to\":\"" + account + "\",\"text\":\"" + text + "\"}");
        until(
                "the echo of \"" + text + "\"",
                () -> {
                    try {
                        return get("/contacts/" + contact + "/messages?after=0");
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                heard -> echoes(heard, text) > 0);
        out.accept("bot:     " + text);
    }

    static int echoes(String heard, String text) {
        int found = 0;
        for (String message : heard.split("\\{\"", -1)) {
            if (message.contains("\"text\":\"" + text + "\"") && message.contains("\"fromMe\":false")) {
                found++;
            }
        }
        return found;
    }

    String contact(String name) throws Exception {
        String made = post("/contacts", "{\"name\":\"" + name + "\"}");
        int at = made.indexOf("\"pn\":\"") + 6;
        return made.substring(at, made.indexOf('"', at));
    }

    @Override
    public void close() {
        node.close();
        simulator.close();
    }
}
