package dev.waggle.platform.account.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.platform.account.directory.Directory;
import dev.waggle.platform.account.directory.FreshCache;
import dev.waggle.platform.port.Encryption;
import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.Received;
import dev.waggle.platform.port.Recordable;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.stanza.Stanza;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.stanza.message.MessageContent;
import dev.waggle.stanza.message.Origin;
import dev.waggle.storage.Backend;
import dev.waggle.storage.cache.AccountCache;
import dev.waggle.storage.cache.CacheDriver;
import dev.waggle.storage.cache.CacheSettings;
import dev.waggle.storage.memory.MemoryProvider;
import dev.waggle.wire.node.Node;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// A message that comes again while the journal has not answered for the first time (rule D1).
class RedeliveryTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Jid SENDER = Jid.lid("200000000000002").withDevice(1);

    private final TestProbe<Node> written = KIT.createTestProbe();
    private final TestProbe<CompletableFuture<Long>> recorded = KIT.createTestProbe();
    private final TestProbe<Inbox.Notice> notices = KIT.createTestProbe();
    private final ActorRef<Inbox.Command> inbox = inbox();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    /// Opens everything as the same text.
    private static final class OpenBook implements Encryption {
        private static <T> CompletionStage<T> unasked() {
            return CompletableFuture.failedStage(new IllegalStateException("not asked for here"));
        }

        @Override
        public CompletionStage<Opened> open(Sealed sealed) {
            return CompletableFuture.completedStage(new Opened.Plain(1, MessageContent.text("once")));
        }

        @Override
        public void settle(Collection<Long> tokens) {}

        @Override
        public CompletionStage<List<ForDevice>> seal(List<Jid> devices, Bytes plaintext) {
            return unasked();
        }

        @Override
        public CompletionStage<List<Jid>> install(Map<Jid, PreKeyBundle> bundles) {
            return unasked();
        }

        @Override
        public CompletionStage<GroupCiphertext> sealForGroup(Jid group, Jid self, Bytes plaintext) {
            return unasked();
        }

        @Override
        public CompletionStage<Optional<SenderKey>> senderKey(Jid group, Jid self) {
            return unasked();
        }

        @Override
        public CompletionStage<Bytes> learnSenderKey(Jid group, Jid sender, Bytes distribution) {
            return unasked();
        }

        @Override
        public CompletionStage<Done> rotateSenderKey(Jid group, Jid self) {
            return unasked();
        }

        @Override
        public CompletionStage<Done> forget(Jid device) {
            return unasked();
        }

        @Override
        public CompletionStage<Integer> remoteRegistration(Jid device) {
            return unasked();
        }
    }

    private ActorRef<Inbox.Command> inbox() {
        Backend store = new MemoryProvider()
                .open(new AccountId("again"))
                .toCompletableFuture()
                .join();
        return KIT.spawn(Inbox.create(
                new InboxPorts(
                        new Origin.Self(Jid.pn("15550001"), Jid.lid("100000000000001")),
                        7,
                        new OpenBook(),
                        new Directory(
                                store,
                                new FreshCache(
                                        AccountCache.plain(
                                                new AccountId("inbox"),
                                                CacheDriver.named("memory").start(CacheSettings.DEFAULT),
                                                CacheSettings.DEFAULT),
                                        1),
                                Bytes.EMPTY,
                                Clock.systemUTC()),
                        this::record,
                        (chat, sender, id) -> CompletableFuture.completedStage(false),
                        id -> store.outboundById(new dev.waggle.address.MessageId(id)),
                        OpenBook::unasked,
                        notification -> CompletableFuture.completedStage(Done.getInstance()),
                        point -> {},
                        Clock.systemUTC()),
                notices.ref()::tell));
    }

    private CompletionStage<Long> record(Recordable recordable) {
        CompletableFuture<Long> journal = new CompletableFuture<>();
        recorded.ref().tell(journal);
        return journal;
    }

    private void deliver(String id) {
        Node node = Node.build("message")
                .attr("id", id)
                .attr("from", SENDER)
                .attr("type", "text")
                .attr("t", 1_700_000_000)
                .content(Node.build("enc")
                        .attr("v", 3)
                        .attr("type", "msg")
                        .content(Bytes.of((byte) 0x33, (byte) 1))
                        .done())
                .done();
        inbox.tell(new Inbox.Take(new Received(new Paper(), Stanza.read(node), node)));
    }

    private final class Paper implements Line {
        @Override
        public long connectionId() {
            return 1;
        }

        @Override
        public CompletionStage<Done> write(Node stanza) {
            written.ref().tell(stanza);
            return CompletableFuture.completedStage(Done.getInstance());
        }

        @Override
        public <A> CompletionStage<A> ask(Iq<A> question) {
            return OpenBook.unasked();
        }

        @Override
        public void settled(int stanzas) {}
    }

    @Test
    void the_second_delivery_is_receipted_when_the_journal_has_the_first_and_not_before() {
        deliver("3EB01");
        CompletableFuture<Long> journal = recorded.receiveMessage();
        deliver("3EB01");
        written.expectNoMessage();
        journal.complete(1L);
        assertThat(written.receiveMessage().tag()).isEqualTo("receipt");
        assertThat(written.receiveMessage().tag()).isEqualTo("receipt");
        recorded.expectNoMessage();
    }

    @Test
    void nothing_is_receipted_when_the_journal_refuses_the_first() {
        deliver("3EB02");
        CompletableFuture<Long> journal = recorded.receiveMessage();
        deliver("3EB02");
        journal.completeExceptionally(new IllegalStateException("no room"));
        assertThat(notices.receiveMessage()).isInstanceOf(Inbox.Broken.class);
        written.expectNoMessage();
    }
}
