package dev.waggle.platform.account;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.platform.account.ciphers.Ciphers;
import dev.waggle.platform.account.connection.Login;
import dev.waggle.platform.account.device.DeviceBook;
import dev.waggle.platform.account.directory.Directory;
import dev.waggle.platform.account.directory.FreshCache;
import dev.waggle.platform.account.inbox.Inbox;
import dev.waggle.platform.account.inbox.InboxPorts;
import dev.waggle.platform.account.ledger.Ledger;
import dev.waggle.platform.account.ledger.LedgerException;
import dev.waggle.platform.account.media.MediaPorts;
import dev.waggle.platform.account.media.MediaTransfers;
import dev.waggle.platform.account.outbox.Outbox;
import dev.waggle.platform.account.outbox.OutboxPorts;
import dev.waggle.platform.account.prekeys.KeySettings;
import dev.waggle.platform.account.prekeys.OwnKeys;
import dev.waggle.platform.account.prekeys.PreKeys;
import dev.waggle.platform.account.projection.SentLately;
import dev.waggle.platform.account.reception.Departure;
import dev.waggle.platform.account.retry.Retries;
import dev.waggle.platform.account.retry.RetryPorts;
import dev.waggle.platform.account.state.AccountState;
import dev.waggle.platform.account.state.Credentials;
import dev.waggle.platform.port.Encryption;
import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.Received;
import dev.waggle.platform.port.Recorder;
import dev.waggle.platform.port.ServerMemory;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.login.ClientPayload;
import dev.waggle.stanza.Ack;
import dev.waggle.stanza.Notification;
import dev.waggle.stanza.Receipt;
import dev.waggle.stanza.keys.KeyBundle;
import dev.waggle.stanza.login.ClientPayloads;
import dev.waggle.stanza.message.Origin;
import dev.waggle.stanza.notification.Content;
import dev.waggle.stanza.receipt.ReceiptType;
import dev.waggle.storage.Backend;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.transport.Egress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/// The children of a linked account and who answers whom: every port of a sub-room is bound here and nowhere else.
final class Household {
    private static final AtomicLong BORN = new AtomicLong();
    /// A journal that waits for its stores is not waited for.
    private static final Duration QUIET_MAX = Duration.ofSeconds(3);

    private final ActorContext<AccountMessage> context;
    private final AccountServices services;
    private final AccountState.Link.Linked link;
    private final Directory directory;
    private final ServerMemory memory;
    private final ActorRef<PreKeys.Command> preKeys;
    private final Encryption encryption;
    private final MediaTransfers media;
    private final SentLately sentLately;
    private final ActorRef<Ciphers.Command> ciphers;
    private final ActorRef<Inbox.Command> inbox;
    private final ActorRef<Outbox.Command> outbox;
    private final ActorRef<Retries.Command> retries;
    private final Consumer<AccountMessage> account;
    private final Set<CompletableFuture<Boolean>> withdrawing = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Instant lastServerAckAt;
    /// The ciphers are ending: what a part had begun may go on after its end, and would still ask them, or the
    /// ledger. What was read by then and not recorded is not stored either, and comes again.
    private volatile boolean over;
    /// Its parts are ending: what is accepted from now on is the next owner's to send.
    private boolean leaving;

    Household(
            ActorContext<AccountMessage> context,
            AccountId owner,
            AccountServices services,
            AccountServices.Stores stores,
            FreshCache cache,
            ActorRef<Ledger.Command> ledger,
            Supplier<Egress> exit,
            DeviceBook book,
            AccountState.Link.Linked link) {
        this.context = context;
        this.services = services;
        this.link = link;
        this.account = context.getSelf()::tell;
        Backend store = stores.backend();
        Credentials credentials = Credentials.of(link.credentials());
        Bytes identity = Bytes.wrap(link.paired().getSignedDeviceIdentity().toByteArray());
        Jid pn = link.jid();
        Jid lid = link.lid();
        directory = new Directory(store, cache, identity, services.clock());
        if (lid != null) {
            var _ = directory.learn(lid.bare(), pn.bare());
        }
        memory = book;
        // Whatever is asked of the book comes after this, so nothing is dialled or shown before it is written.
        var _ = book.linked(credentials.local().identity().publicKey(), credentials.signed());
        preKeys = child(preKeys(stores, book, credentials, identity), "prekeys");
        ciphers = child(ciphers(services, stores, credentials), "ciphers");
        encryption = Ciphers.port(ciphers, services.runtime(), () -> over);
        sentLately = new SentLately(id -> store.outboundById(new MessageId(id)));
        Recorder recorder = recordable -> {
            CompletableFuture<Long> done = new CompletableFuture<>();
            if (over) {
                done.completeExceptionally(new LedgerException("the account leaves"));
            } else {
                ledger.tell(new Ledger.Enter(recordable, done));
            }
            return done;
        };
        media = new MediaTransfers(new MediaPorts(
                owner, pn.bare(), services.media(), exit, store, recorder, services.random(), services.clock()));
        inbox = child(inbox(store, credentials, recorder), "inbox");
        outbox = child(
                Outbox.create(new OutboxPorts(
                        pn,
                        lid,
                        encryption,
                        directory,
                        media,
                        recorder,
                        sentLately,
                        services.random(),
                        services.failpoint(),
                        services.clock())),
                "outbox");
        retries = child(
                Retries.create(
                        new RetryPorts(
                                pn, lid, encryption, directory, media, sentLately, services.random(), services.clock()),
                        Retries.Limits.DEFAULT),
                "retries");
    }

    private Behavior<Inbox.Command> inbox(Backend store, Credentials credentials, Recorder recorder) {
        Jid pn = link.jid();
        Jid lid = link.lid();
        return Inbox.create(
                new InboxPorts(
                        new Origin.Self(pn.bare(), lid == null ? null : lid.bare()),
                        credentials.local().registrationId(),
                        encryption,
                        directory,
                        recorder,
                        (chat, sender, id) -> store.seen(new MessageKey(chat, sender, new MessageId(id))),
                        sentLately,
                        this::bundle,
                        this::news,
                        services.failpoint(),
                        services.clock()),
                notice -> {
                    if (!over) {
                        account.accept(new AccountNotice.FromInbox(notice));
                    }
                });
    }

    private Behavior<PreKeys.Command> preKeys(
            AccountServices.Stores stores, DeviceBook book, Credentials credentials, Bytes identity) {
        return PreKeys.create(
                new OwnKeys(credentials.local(), identity, stores.storeIncarnation()),
                stores.backend(),
                book,
                KeySettings.DEFAULT,
                services.random(),
                services.clock());
    }

    private static Behavior<Ciphers.Command> ciphers(
            AccountServices services, AccountServices.Stores stores, Credentials credentials) {
        return Ciphers.create(
                credentials.local(),
                stores.backend(),
                stores.storeIncarnation(),
                services.random(),
                services.failpoint());
    }

    /// When the server last answered a send on a line of this household; null when it has not yet.
    @Nullable
    Instant lastServerAckAt() {
        return lastServerAckAt;
    }

    /// How the account logs in.
    Login login(int logins) {
        Credentials credentials = Credentials.of(link.credentials());
        return new Login(
                credentials.noise(),
                () -> Bytes.wrap(ClientPayloads.login(services.client(), link.jid(), logins)),
                false,
                memory);
    }

    /// How an account that is not linked offers its keys. The push name goes along: servers for tests know people
    /// by it.
    static Login registration(AccountServices services, Credentials credentials, String pushName) {
        return new Login(credentials.noise(), () -> offer(services, credentials, pushName), true, ServerMemory.NONE);
    }

    private static Bytes offer(AccountServices services, Credentials credentials, String pushName) {
        var signed = credentials.signed();
        byte[] payload = ClientPayloads.registration(
                services.client(),
                credentials.local().registrationId(),
                credentials.local().identity().publicKey(),
                new dev.waggle.stanza.keys.SignedKey(
                        signed.id(), signed.keyPair().publicKey(), signed.signature()));
        try {
            byte[] named = ClientPayload.parseFrom(payload).toBuilder()
                    .setPushName(pushName)
                    .build()
                    .toByteArray();
            return Bytes.wrap(named);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalStateException("a payload that was just written", e);
        }
    }

    /// Where a stanza goes; runs in the link's thread.
    void take(Received received) {
        switch (received.stanza()) {
            case Ack ack
            when ack.stanzaClass().equals("message") -> {
                lastServerAckAt = services.clock().instant();
                outbox.tell(new Outbox.Acked(received, ack));
            }
            case Receipt receipt
            when receipt.type() == ReceiptType.RETRY -> retries.tell(new Retries.Asked(received, receipt));
            default -> inbox.tell(new Inbox.Take(received));
        }
    }

    void authenticated(Line line) {
        directory.lineUp(line);
        preKeys.tell(new PreKeys.LineUp(line));
        media.lineUp(line);
    }

    void drained(Line line) {
        outbox.tell(new Outbox.LineUp(line));
    }

    void lineDown() {
        directory.lineDown();
        preKeys.tell(new PreKeys.LineDown());
        media.lineDown();
        outbox.tell(new Outbox.LineDown());
    }

    /// @param unsent it is certain that nothing of it has left
    void deliver(Intent intent, boolean unsent) {
        sentLately.accepted(intent);
        media.accepted(intent);
        // What is accepted while this one leaves (its key was looked up till now) the next owner sends.
        if (!leaving) {
            outbox.tell(new Outbox.Deliver(intent, unsent));
        }
    }

    /// It is not time yet, but its file is needed.
    void await(Intent intent) {
        media.accepted(intent);
    }

    void over(Intent intent) {
        media.over(intent);
    }

    /// Whether it is certain that nothing of it has left, nor will leave here.
    CompletionStage<Boolean> withdraw(String message) {
        if (leaving) {
            return CompletableFuture.completedStage(false);
        }
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        withdrawing.add(told);
        outbox.tell(new Outbox.Withdraw(message, told::complete));
        return told.whenComplete((_, _) -> withdrawing.removeIf(CompletableFuture::isDone));
    }

    /// The stores have followed this event.
    void followed(Event event) {
        sentLately.followed(event);
    }

    /// Ends its parts: first those that speak to the others, and each after what it was told before. What may be
    /// stored is stored then.
    ///
    /// @param offline when nothing comes in any more
    CompletionStage<Done> leave(CompletionStage<Done> offline, ActorRef<Ledger.Command> ledger) {
        leaving = true;
        List.of(inbox, outbox, retries, ciphers, preKeys).forEach(context::unwatch);
        CompletableFuture<Done> quiet = new CompletableFuture<>();
        CompletableFuture<Done> parked = new CompletableFuture<>();
        return offline.thenCompose(_ -> Departure.of(List.of(inbox, outbox, retries)))
                .thenCompose(_ -> {
                    ledger.tell(new Ledger.Quiet(quiet));
                    return quiet.completeOnTimeout(Done.getInstance(), QUIET_MAX.toSeconds(), TimeUnit.SECONDS);
                })
                .thenCompose(_ -> {
                    // Whoever is told to park has heard everything that it was told before.
                    over = true;
                    ciphers.tell(new Ciphers.Park(parked));
                    return parked;
                })
                .handle((_, _) -> Done.getInstance())
                .thenCompose(_ -> Departure.of(List.of(ciphers, preKeys)));
    }

    void fetch(AccountCommand.FetchMedia fetch) {
        Fetches.answer(media, fetch);
    }

    /// Those who have no actor of their own hear that the line is down; those who have one end with it.
    void stop() {
        directory.lineDown();
        media.lineDown();
        withdrawing.forEach(told -> told.complete(false));
        media.stop();
        List.of(inbox, outbox, retries, ciphers, preKeys).forEach(context::unwatch);
        var _ = Departure.of(List.of(inbox, outbox, retries)).thenCompose(_ -> {
            over = true;
            return Departure.of(List.of(ciphers, preKeys));
        });
    }

    /// A child that fails takes the account down with it, which begins anew from its journal: half a household
    /// would look like a whole one. Names are never given twice: an earlier household may still be ending.
    private <T> ActorRef<T> child(Behavior<T> behavior, String name) {
        ActorRef<T> child = context.spawn(behavior, name + "-" + BORN.incrementAndGet());
        context.watch(child);
        return child;
    }

    private CompletionStage<KeyBundle> bundle() {
        CompletableFuture<KeyBundle> promise = new CompletableFuture<>();
        preKeys.tell(new PreKeys.Bundle(promise));
        return promise;
    }

    private CompletionStage<Done> news(Notification notification) {
        switch (notification.content()) {
            case Content.PreKeysLow _ -> preKeys.tell(new PreKeys.Low());
            case Content.IdentityChanged changed -> {
                return directory
                        .devicesChanged(List.of(notification.from()))
                        .thenCompose(_ -> encryption.forget(preferred(changed, notification.from())));
            }
            case Content.DevicesChanged changed -> {
                return directory.devicesChanged(List.of(changed.user()));
            }
            case Content.MediaRetried retried -> media.retried(retried);
            case Content.GroupChanged _ -> {
                Jid group = notification.from();
                Jid lid = link.lid();
                return directory
                        .groupChanged(group)
                        .thenCompose(_ -> encryption.rotateSenderKey(group, link.jid()))
                        .thenCompose(done -> lid == null
                                ? CompletableFuture.completedStage(done)
                                : encryption.rotateSenderKey(group, lid));
            }
            default -> {
                // Acknowledged without effect: nothing of this build depends on it.
            }
        }
        return CompletableFuture.completedStage(Done.getInstance());
    }

    private static Jid preferred(Content.IdentityChanged changed, Jid from) {
        Jid lid = changed.lid();
        return lid == null ? from : lid.withDevice(from.device());
    }

    /// Where the connection hands its stanzas when there is no household yet.
    static Consumer<Received> nowhere() {
        return received -> received.line().settled(1);
    }
}
