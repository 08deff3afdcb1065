package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.address.AccountId;
import dev.waggle.noise.RootKey;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.ObservedState;
import dev.waggle.platform.account.Refusal;
import dev.waggle.storage.StoreException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

/// A node over the embedded store: what it finds again, and what it leaves readable.
class NodeRestartTest {
    private static final AccountId ACCOUNT = new AccountId("demo");
    private static final String SECRET = "nobody but the two of us reads this";

    private static void configure(Demo demo) throws Exception {
        demo.granted((ActorRef<Answer<AccountView>> to) ->
                new AccountCommand.Configure("Demo bot", List.of("demo"), Map.of("team", "red"), to));
    }

    private static Answer<AccountView> describe(Demo demo) throws Exception {
        return demo.node()
                .ask(ACCOUNT, AccountCommand.Describe::new)
                .toCompletableFuture()
                .get();
    }

    @Test
    void an_account_comes_back_online_by_itself_and_goes_on() throws Exception {
        try (Demo demo = Demo.start("sqlite", line -> {})) {
            String pn = demo.pair();
            String contact = demo.contact("Carla");
            demo.exchange(contact, pn, SECRET);
            AccountView before = demo.online();
            assertThat(before.lastServerAckAt()).isNotNull();
            demo.restart();
            AccountView after = demo.online();
            assertThat(after.jid()).isEqualTo(before.jid());
            assertThat(after.epoch()).isGreaterThan(before.epoch());
            assertThat(after.plugins()).containsExactly("echo");
            demo.exchange(contact, pn, "and after");
            assertThat(Demo.echoes(demo.get("/contacts/" + contact + "/messages?after=0"), SECRET))
                    .isEqualTo(1);
            assertThat(demo.node()
                            .events()
                            .page(ACCOUNT, 0, Set.of("message.received"), 10)
                            .toCompletableFuture()
                            .get())
                    .extracting(event -> event.getMessage().getText())
                    .containsExactly(SECRET, "and after");
            assertThat(readable(demo.data(), SECRET)).isEmpty();
        }
    }

    @Test
    void snapshots_shorten_the_journal_and_hide_nothing() throws Exception {
        Config often = ConfigFactory.parseString("waggle.account.snapshot-every = 5");
        try (Demo demo = Demo.start("sqlite", often, line -> {})) {
            String pn = demo.pair();
            String contact = demo.contact("Carla");
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < 3; i++) {
                    demo.exchange(contact, pn, "round " + round + " text " + i);
                }
                demo.restart();
                demo.online();
            }
            String heard = demo.get("/contacts/" + contact + "/messages?after=0");
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < 3; i++) {
                    assertThat(Demo.echoes(heard, "round " + round + " text " + i))
                            .isEqualTo(1);
                }
            }
            assertThat(demo.node()
                            .events()
                            .page(ACCOUNT, 0, Set.of(), 1_000)
                            .toCompletableFuture()
                            .get())
                    .extracting(event -> event.getSequence())
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .startsWith(1L);
        }
    }

    @Test
    void a_deleted_account_leaves_nothing_and_its_name_can_be_used_again() throws Exception {
        try (Demo demo = Demo.start("sqlite", line -> {})) {
            demo.pair();
            demo.granted(AccountCommand.Delete::new);
            assertThat(describe(demo))
                    .isEqualTo(Answer.refuse(Refusal.Code.ACCOUNT_NOT_FOUND, "there is no account demo"));
            demo.restart();
            assertThat(demo.node().directory().all()).isEmpty();
            configure(demo);
            demo.restart();
            assertThat(describe(demo)).isInstanceOfSatisfying(Answer.Granted.class, granted -> {
                AccountView view = (AccountView) granted.value();
                assertThat(view.observed()).isEqualTo(ObservedState.UNPAIRED);
                assertThat(view.metadata()).containsEntry("team", "red");
                assertThat(view.plugins()).isEmpty();
            });
            demo.pair();
        }
    }

    @Test
    void asking_for_an_account_that_is_not_there_leaves_no_trace() throws Exception {
        try (Demo demo = Demo.start("sqlite", line -> {})) {
            assertThat(describe(demo)).isInstanceOf(Answer.Refused.class);
            assertThat(demo.node()
                            .control()
                            .dataKeys("", 10)
                            .toCompletableFuture()
                            .get())
                    .isEmpty();
        }
    }

    @Test
    void another_master_key_opens_nothing(@org.junit.jupiter.api.io.TempDir Path data) throws Exception {
        NodeSettings settings =
                new NodeSettings(URI.create("ws://127.0.0.1:9/ws/chat"), RootKey.WHATSAPP, "sqlite", data, "Waggle");
        try (Node node = Node.start(settings)) {
            node.ask(ACCOUNT, (ActorRef<Answer<AccountView>> to) -> new AccountCommand.Configure("Bot", null, null, to))
                    .toCompletableFuture()
                    .get();
        }
        Files.delete(data.resolve("master.key"));
        assertThatThrownBy(() -> Node.start(settings))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another master key");
        assertThat(data.resolve("master.key")).doesNotExist();
    }

    /// Files in which the text can be found as it is.
    private static List<Path> readable(Path directory, String text) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, text))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
