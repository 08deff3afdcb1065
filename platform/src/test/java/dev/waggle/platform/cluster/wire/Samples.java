package dev.waggle.platform.cluster.wire;

import com.google.protobuf.ByteString;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/// Everything that accounts can be told and can answer.
record Samples(ActorRef<Object> asker) {
    static final AccountId ACCOUNT = new AccountId("bee-1");
    static final Instant NOON = Instant.parse("2026-06-01T12:00:00.123456789Z");
    static final Jid JID = new Jid("4915112345678", "s.whatsapp.net", 1, 7);

    private static final Egress.Proxy PROXY =
            new Egress.Proxy(Egress.Proxy.Kind.SOCKS5, "127.0.0.1", 1080, new Egress.Login("user", "secret"));

    /// Somebody who waits, of any kind of answer.
    @SuppressWarnings("unchecked")
    <T> ActorRef<T> somebody() {
        return (ActorRef<T>) (ActorRef<?>) asker;
    }

    static AccountView view() {
        return new AccountView(
                ACCOUNT,
                true,
                ObservedState.ONLINE,
                "drained",
                JID,
                JID.bare(),
                new Jid("123456789", "lid", 0, 0),
                "Bee",
                "node-1",
                7,
                NOON,
                NOON.plusSeconds(1),
                new AccountView.Restriction("banned", 402, NOON),
                List.of("red", "blue"),
                Map.of("team", "red"),
                Set.of("echo"),
                "socks5://proxy.example:1080",
                42);
    }

    private static AccountView bareView() {
        return new AccountView(
                ACCOUNT,
                false,
                ObservedState.UNPAIRED,
                "",
                null,
                null,
                null,
                "",
                "node-2",
                0,
                null,
                null,
                null,
                List.of(),
                Map.of(),
                Set.of(),
                "",
                0);
    }

    List<AccountCommand> commands() {
        return List.of(
                new AccountCommand.Configure("Bee", List.of("red"), Map.of("team", "red"), somebody()),
                new AccountCommand.Configure(null, null, null, somebody()),
                new AccountCommand.Configure("", List.of(), Map.of(), somebody()),
                new AccountCommand.SetProxy(PROXY, somebody()),
                new AccountCommand.SetProxy(
                        new Egress.Proxy(Egress.Proxy.Kind.HTTP_CONNECT, "::1", 8080, null), somebody()),
                new AccountCommand.SetProxy(null, somebody()),
                new AccountCommand.Describe(somebody()),
                new AccountCommand.SetDesiredState(true, somebody()),
                new AccountCommand.StartPairing("4915112345678", somebody()),
                new AccountCommand.StartPairing(null, somebody()),
                new AccountCommand.DescribePairing("p1", somebody()),
                new AccountCommand.WatchPairing("p1", somebody()),
                new AccountCommand.CancelPairing("p1", somebody()),
                new AccountCommand.Send(
                        JID,
                        "text",
                        "hi \uD83D\uDC1D",
                        Bytes.utf8("hi"),
                        "spool-1",
                        "spool-2",
                        "key",
                        Bytes.of((byte) 0, (byte) -1),
                        NOON,
                        somebody()),
                new AccountCommand.Send(JID, "text", "", Bytes.EMPTY, "", Bytes.EMPTY, somebody()),
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
                new AccountCommand.StepPlugin("echo", 3, 4, null, List.of(), somebody()),
                new AccountCommand.DescribePlugin("echo", somebody()),
                new AccountCommand.Logout(somebody()),
                new AccountCommand.Delete(somebody()),
                new AccountCommand.Leave(somebody()));
    }

    static List<Answer<?>> answers() {
        List<Answer<?>> all = new ArrayList<>();
        Stream.of(
                        view(),
                        bareView(),
                        new PairingView("p1", PairingView.State.WAITING, "qr", "2@abc", null, NOON, null),
                        new PairingView("p2", PairingView.State.FAILED, "code", null, "ABCD-EFGH", null, "away"),
                        new AccountCommand.Accepted("3EB0", "ACCEPTED", true),
                        new AccountCommand.Cancelled(new MessageId("3EB0")),
                        new AccountCommand.PluginStepDone(4, List.of("3EB0")),
                        new AccountCommand.PluginView("echo", Map.of("a", "b"), 4, Bytes.of((byte) 9)),
                        MediaFile.newBuilder()
                                .setMediaKey(ByteString.copyFromUtf8("k"))
                                .build(),
                        Done.getInstance())
                .forEach(value -> all.add(Answer.of(value)));
        Stream.of(Refusal.Code.values()).forEach(code -> all.add(Answer.refuse(code, "because")));
        return all;
    }

    List<Object> messages() {
        List<Object> all = new ArrayList<>();
        commands().forEach(command -> all.add(new Accounts.Tell(ACCOUNT, command)));
        all.add(new Accounts.Erase(ACCOUNT, somebody()));
        all.add(new Accounts.Restart(ACCOUNT, somebody()));
        all.addAll(answers());
        all.add(new News(
                "node-1",
                List.of(
                        new AccountRow(
                                ACCOUNT,
                                "RUNNING",
                                "ONLINE",
                                "Bee",
                                List.of("red"),
                                Map.of("team", "red"),
                                JID,
                                JID.bare(),
                                new Jid("123456789", "lid", 0, 0),
                                NOON),
                        new AccountRow(
                                new AccountId("bee-3"),
                                "STOPPED",
                                "STOPPED",
                                "",
                                List.of(),
                                Map.of(),
                                null,
                                null,
                                null,
                                NOON)),
                Set.of(new AccountId("bee-2")),
                Set.of(ACCOUNT),
                true,
                true));
        return all;
    }
}
