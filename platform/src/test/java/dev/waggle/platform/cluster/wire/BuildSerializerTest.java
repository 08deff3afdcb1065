package dev.waggle.platform.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.ObservedState;
import dev.waggle.platform.account.PairingView;
import dev.waggle.platform.account.Refusal;
import dev.waggle.platform.cluster.Accounts;
import dev.waggle.platform.cluster.news.News;
import dev.waggle.proto.journal.MediaFile;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.transport.Egress;
import java.io.NotSerializableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything that accounts can be told and can answer, written on one node and read on another.
class BuildSerializerTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ConfigFactory.load());
    private static final Serialization SERIALIZATION =
            SerializationExtension.get(KIT.system().classicSystem());
    private static final TestProbe<Object> PROBE = KIT.createTestProbe();
    private static final AccountId ACCOUNT = new AccountId("bee-1");
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00.123456789Z");
    private static final Jid JID = new Jid("4915112345678", "s.whatsapp.net", 0, 7);

    @AfterAll
    static void end() {
        KIT.shutdownTestKit();
    }

    /// Somebody who waits, of any kind of answer.
    @SuppressWarnings("unchecked")
    private static <T> ActorRef<T> somebody() {
        return (ActorRef<T>) (ActorRef<?>) PROBE.getRef();
    }

    private static final Egress.Proxy PROXY =
            new Egress.Proxy(Egress.Proxy.Kind.values()[0], "127.0.0.1", 1080, new Egress.Login("user", "secret"));

    private static AccountView view() {
        return new AccountView(
                ACCOUNT,
                true,
                ObservedState.ONLINE,
                "drained",
                JID,
                JID.bare(),
                null,
                "Bee",
                "node-1",
                7,
                NOON,
                null,
                new AccountView.Restriction("banned", 402, NOON),
                List.of("red", "blue"),
                Map.of("team", "red"),
                Set.of("echo"),
                "",
                42);
    }

    static List<AccountCommand> commands() {
        return List.of(
                new AccountCommand.Configure("Bee", List.of("red"), Map.of("team", "red"), somebody()),
                new AccountCommand.Configure(null, null, null, somebody()),
                new AccountCommand.SetProxy(PROXY, somebody()),
                new AccountCommand.SetProxy(null, somebody()),
                new AccountCommand.Describe(somebody()),
                new AccountCommand.SetDesiredState(true, somebody()),
                new AccountCommand.StartPairing("4915112345678", somebody()),
                new AccountCommand.DescribePairing("p1", somebody()),
                new AccountCommand.WatchPairing("p1", somebody()),
                new AccountCommand.CancelPairing("p1", somebody()),
                new AccountCommand.Send(
                        JID,
                        "text",
                        "hi",
                        Bytes.utf8("hi"),
                        "spool-1",
                        "spool-2",
                        "key",
                        Bytes.EMPTY,
                        NOON,
                        somebody()),
                new AccountCommand.FetchMedia(new MessageId("3EB0"), true, somebody()),
                new AccountCommand.CancelSend(new MessageId("3EB0"), somebody()),
                new AccountCommand.BindPlugin("echo", Map.of("a", "b"), somebody()),
                new AccountCommand.UnbindPlugin("echo", somebody()),
                new AccountCommand.StepPlugin(
                        "echo",
                        3,
                        4,
                        Bytes.of((byte) 1),
                        List.of(new AccountCommand.PluginSend(JID, "text", "x", Bytes.utf8("x"))),
                        somebody()),
                new AccountCommand.DescribePlugin("echo", somebody()),
                new AccountCommand.Logout(somebody()),
                new AccountCommand.Delete(somebody()),
                new AccountCommand.Leave(somebody()));
    }

    static List<Object> messages() {
        List<Object> all = new ArrayList<>();
        commands().forEach(command -> all.add(new Accounts.Tell(ACCOUNT, command)));
        all.addAll(commands());
        all.add(new Accounts.Erase(ACCOUNT, somebody()));
        all.add(new Accounts.Restart(ACCOUNT, somebody()));
        all.add(new Accounts.HandOff());
        Stream.of(
                        view(),
                        new PairingView("p1", PairingView.State.WAITING, "qr", "2@abc", null, NOON, null),
                        new AccountCommand.Accepted("3EB0", "ACCEPTED", true),
                        new AccountCommand.Cancelled(new MessageId("3EB0")),
                        new AccountCommand.PluginStepDone(4, List.of("3EB0")),
                        new AccountCommand.PluginView("echo", Map.of("a", "b"), 4, Bytes.EMPTY),
                        MediaFile.newBuilder()
                                .setMediaKey(ByteString.copyFromUtf8("k"))
                                .build(),
                        Done.getInstance())
                .forEach(value -> all.add(Answer.of(value)));
        Stream.of(Refusal.Code.values()).forEach(code -> all.add(Answer.refuse(code, "because")));
        all.add(new News(
                "node-1",
                List.of(new AccountRow(
                        ACCOUNT, "RUNNING", "ONLINE", "Bee", List.of("red"), Map.of(), JID, null, null, NOON)),
                Set.of(),
                Set.of(ACCOUNT),
                true,
                false));
        return all;
    }

    private static Object there(Object message) throws NotSerializableException {
        var serializer = SERIALIZATION.findSerializerFor(message);
        assertThat(serializer).isInstanceOf(BuildSerializer.class);
        return SERIALIZATION
                .deserialize(
                        SERIALIZATION.serialize(message).get(),
                        serializer.identifier(),
                        Serializers.manifestFor(serializer, message))
                .get();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void what_accounts_are_told_and_answer_comes_as_it_was(Object message) throws Exception {
        assertThat(there(message)).isEqualTo(message);
    }

    @Test
    void no_command_is_forgotten_here() {
        assertThat(commands().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(AccountCommand.class.getPermittedSubclasses());
    }

    @Test
    void an_actor_that_came_over_the_wire_hears_what_it_is_told() throws Exception {
        var described = (AccountCommand.Describe) there(new AccountCommand.Describe(somebody()));
        described.replyTo().tell(Answer.of(view()));
        PROBE.expectMessage(Answer.of(view()));
    }

    @Test
    void what_may_not_travel_is_refused_by_name() {
        Answer<?> stranger = Answer.of(new java.util.Random(1));
        assertThatThrownBy(() -> SERIALIZATION.serialize(stranger).get()).hasMessageContaining("java.util.Random");
    }

    @Test
    void another_form_than_this_builds_is_refused_by_name() {
        BuildSerializer own = (BuildSerializer) SERIALIZATION.findSerializerFor(Answer.of(view()));
        byte[] bytes = own.toBinary(Answer.of(view()));
        assertThatThrownBy(() -> own.fromBinary(bytes, "0"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("form 0 (expected: " + Travellers.FORM);
    }

    @Test
    void a_number_that_nobody_has_is_refused() {
        BuildSerializer own = (BuildSerializer) SERIALIZATION.findSerializerFor(Answer.of(view()));
        assertThatThrownBy(() -> own.fromBinary(new byte[] {(byte) 0xff, 0x7f}, Travellers.FORM))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("no message of this build");
    }

    @Test
    void thousands_of_spoilt_messages_are_read_or_refused() {
        BuildSerializer own = (BuildSerializer) SERIALIZATION.findSerializerFor(Answer.of(view()));
        List<Object> whole = messages();
        Random random = new Random(47);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = own.toBinary(whole.get(random.nextInt(whole.size())));
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            readOrRefused(own, random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "ff7f", "17ffffffff07", "03ffffffff07", "14ffffffff07"})
    void bytes_that_promise_more_than_there_is_are_refused(String hex) {
        readOrRefused(
                (BuildSerializer) SERIALIZATION.findSerializerFor(Answer.of(view())),
                Bytes.hex(hex).toArray());
    }

    private static void readOrRefused(BuildSerializer serializer, byte[] bytes) {
        try {
            serializer.fromBinary(bytes, Travellers.FORM);
        } catch (NotSerializableException e) {
            assertThat(e).hasMessageContaining("message");
        }
    }

    @Test
    void nothing_is_written_the_way_of_java() {
        assertThat(KIT.system().settings().config().getBoolean("pekko.actor.allow-java-serialization"))
                .isFalse();
        assertThatThrownBy(() -> SERIALIZATION
                        .serialize(new java.util.concurrent.atomic.AtomicLong(1))
                        .get())
                .hasMessageContaining("`pekko.actor.allow-java-serialization` was disabled");
    }
}
