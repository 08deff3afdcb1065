package dev.waggle.platform.account.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.platform.account.ciphers.Ciphers;
import dev.waggle.platform.account.directory.Directory;
import dev.waggle.platform.account.directory.FreshCache;
import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.Received;
import dev.waggle.platform.port.Recordable;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.stanza.Stanza;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.stanza.message.Origin;
import dev.waggle.storage.Backend;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.cache.AccountCache;
import dev.waggle.storage.cache.CacheDriver;
import dev.waggle.storage.cache.CacheSettings;
import dev.waggle.storage.memory.MemoryProvider;
import dev.waggle.transport.runtime.ManualRuntime;
import dev.waggle.transport.runtime.TaskRuntime;
import dev.waggle.transport.runtime.ThreadRuntime;
import dev.waggle.wire.node.Node;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Jid SENDER = Jid.lid("200000000000002").withDevice(1);

    private final SecureRandom random = new SecureRandom();
    private final BlockingQueue<Node> written = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> settled = new LinkedBlockingQueue<>();
    private final BlockingQueue<PublicEvent> published = new LinkedBlockingQueue<>();
    private final BlockingQueue<Inbox.Notice> notices = new LinkedBlockingQueue<>();
    private final Backend store = new MemoryProvider()
            .open(new AccountId("inbox"))
            .toCompletableFuture()
            .join();
    private final LocalIdentity local = LocalIdentity.generate(random);
    private final ActorRef<Inbox.Command> inbox =
            inbox(KIT.spawn(Ciphers.create(local, store, 0, random, point -> {})), new ThreadRuntime(1_000));

    private final Line line = new Line() {
        @Override
        public long connectionId() {
            return 1;
        }

        @Override
        public CompletionStage<Done> write(Node stanza) {
            written.add(stanza);
            return CompletableFuture.completedStage(Done.getInstance());
        }

        @Override
        public <A> CompletionStage<A> ask(Iq<A> question) {
            return CompletableFuture.failedStage(new UnsupportedOperationException());
        }

        @Override
        public void settled(int stanzas) {
            settled.add(stanzas);
        }
    };

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private ActorRef<Inbox.Command> inbox(ActorRef<Ciphers.Command> ciphers, TaskRuntime runtime) {
        return KIT.spawn(Inbox.create(
                new InboxPorts(
                        new Origin.Self(Jid.pn("15550001"), Jid.lid("100000000000001")),
                        local.registrationId(),
                        Ciphers.port(ciphers, runtime, () -> false),
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
                        () -> CompletableFuture.failedStage(new UnsupportedOperationException()),
                        notification -> CompletableFuture.completedStage(Done.getInstance()),
                        point -> {},
                        Clock.systemUTC()),
                notices::add));
    }

    private CompletionStage<Long> record(Recordable recordable) {
        published.addAll(recordable.published());
        return CompletableFuture.completedStage(1L);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        @Nullable T one = queue.poll(20, TimeUnit.SECONDS);
        assertThat(one).isNotNull();
        return java.util.Objects.requireNonNull(one);
    }

    private void take(ActorRef<Inbox.Command> inbox, String id, int last) {
        Node node = Node.build("message")
                .attr("id", id)
                .attr("from", SENDER)
                .attr("type", "text")
                .attr("t", 1_700_000_000)
                .content(Node.build("enc")
                        .attr("v", 2)
                        .attr("type", "msg")
                        .content(Bytes.of((byte) 0x33, (byte) last))
                        .done())
                .done();
        inbox.tell(new Inbox.Take(new Received(line, Stanza.read(node), node)));
    }

    /// Found with 500 accounts on a busy machine: the next message of the chat was taken, and this one came after
    /// it.
    @Test
    void what_was_not_answered_for_in_time_ends_the_line_before_the_next_one_overtakes_it() throws Exception {
        TestProbe<Ciphers.Command> busy = KIT.createTestProbe();
        ManualRuntime runtime = new ManualRuntime(1, Instant.EPOCH);
        take(inbox(busy.ref(), runtime), "3EB01", 1);
        busy.receiveMessage();
        // It is asked first, and the limit is set then.
        busy.awaitAssert(() -> assertThat(runtime.waiting()).isPositive());
        // A limit that is reached takes itself back, and interrupts whoever runs it.
        Thread.ofVirtual().start(() -> runtime.advance(Duration.ofMinutes(1))).join();
        assertThat(next(settled)).isEqualTo(1);
        assertThat(next(notices))
                .isInstanceOfSatisfying(
                        Inbox.Away.class,
                        away -> assertThat(StoreException.isAway(away.why())).isTrue());
        assertThat(written).isEmpty();
    }

    @Test
    void what_cannot_be_opened_is_told_and_asked_for_again_then_acknowledged() throws Exception {
        for (int i = 1; i <= 20; i++) {
            String id = "3EB0" + i;
            take(inbox, id, i);

            PublicEvent told = next(published);
            assertThat(told.getType()).isEqualTo("message.undecryptable");
            assertThat(told.getUndecryptable().getId()).isEqualTo(id);
            Node receipt = next(written);
            assertThat(receipt.tag()).isEqualTo("receipt");
            assertThat(receipt.attr("type")).isEqualTo("retry");
            assertThat(receipt.requireChild("retry").attr("count")).isEqualTo("1");
            assertThat(next(written).tag()).isEqualTo("ack");
            assertThat(next(settled)).isEqualTo(1);
        }
        assertThat(List.of(written, published, settled)).allMatch(BlockingQueue::isEmpty);
    }
}
