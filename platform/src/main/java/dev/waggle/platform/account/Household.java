package dev.waggle.platform.account;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.platform.account.ciphers.Ciphers;
import dev.waggle.platform.account.connection.Login;
import dev.waggle.platform.account.directory.Directory;
import dev.waggle.platform.account.inbox.Inbox;
import dev.waggle.platform.account.inbox.InboxPorts;
import dev.waggle.platform.account.ledger.Ledger;
import dev.waggle.platform.account.media.MediaPorts;
import dev.waggle.platform.account.media.MediaTransfers;
import dev.waggle.platform.account.outbox.Outbox;
import dev.waggle.platform.account.outbox.OutboxPorts;
import dev.waggle.platform.account.prekeys.PreKeys;
import dev.waggle.platform.account.projection.SentLately;
import dev.waggle.platform.account.retry.Retries;
import dev.waggle.platform.account.retry.RetryPorts;
import dev.waggle.platform.account.state.AccountState;
import dev.waggle.platform.account.state.Credentials;
import dev.waggle.platform.port.Encryption;
import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.Received;
import dev.waggle.platform.port.Recorder;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.login.ClientPayload;
import dev.waggle.stanza.Ack;
import dev.waggle.stanza.Notification;
import dev.waggle.stanza.Receipt;
import dev.waggle.stanza.login.ClientPayloads;
import dev.waggle.stanza.message.Origin;
import dev.waggle.stanza.notification.Content;
import dev.waggle.stanza.receipt.ReceiptType;
import dev.waggle.storage.Backend;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.transport.Egress;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/// The children of a linked account and who answers whom: every port of a sub-room is bound here and nowhere else.
final class Household {
    private final ActorContext<AccountMessage> context;
    private final AccountServices services;
    private final AccountState.Link.Linked link;
    private final Directory directory;
    private final PreKeys preKeys;
    private final Encryption encryption;
    private final MediaTransfers media;
    private final SentLately sentLately;
    private final ActorRef<Ciphers.Command> ciphers;
    private final ActorRef<Inbox.Command> inbox;
    private final ActorRef<Outbox.Command> outbox;
    private final ActorRef<Retries.Command> retries;
    private final Consumer<AccountMessage> account;
    private volatile @Nullable Instant lastServerAckAt;

    Household(
            ActorContext<AccountMessage> context,
            AccountId owner,
            AccountServices services,
            AccountServices.Stores stores,
            ActorRef<Ledger.Command> ledger,
            Supplier<Egress> exit,
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
        directory = new Directory(store, identity, services.clock());
        if (lid != null) {
            directory.learn(lid.bare(), pn.bare());
        }
        preKeys = preKeys(services, stores, credentials, identity);
        ciphers = context.spawn(ciphers(services, stores, credentials), "ciphers");
        encryption = Ciphers.port(ciphers, services.runtime());
        sentLately = new SentLately(id -> store.outboundById(new MessageId(id)));
        Recorder recorder = recordable -> {
            CompletableFuture<Long> done = new CompletableFuture<>();
            ledger.tell(new Ledger.Enter(recordable, done));
            return done;
        };
        media = new MediaTransfers(new MediaPorts(
                owner, pn.bare(), services.media(), exit, store, recorder, services.random(), services.clock()));
        inbox = context.spawn(inbox(store, credentials, recorder), "inbox");
        outbox = context.spawn(
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
        retries = context.spawn(
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
                        preKeys::bundle,
                        this::news,
                        services.failpoint(),
                        services.clock()),
                notice -> account.accept(new AccountNotice.FromInbox(notice)));
    }

    private static PreKeys preKeys(
            AccountServices services, AccountServices.Stores stores, Credentials credentials, Bytes identity) {
        return new PreKeys(
                stores.backend(),
                stores.storeIncarnation(),
                credentials.local(),
                credentials.signed(),
                identity,
                services.random(),
                PreKeys.Limits.DEFAULT);
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
                credentials.noise(), Bytes.wrap(ClientPayloads.login(services.client(), link.jid(), logins)), false);
    }

    /// How an account that is not linked offers its keys. The push name goes along: servers for tests know people
    /// by it.
    static Login registration(AccountServices services, Credentials credentials, String pushName) {
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
            return new Login(credentials.noise(), Bytes.wrap(named), true);
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
        preKeys.lineUp(line);
        media.lineUp(line);
    }

    void drained(Line line) {
        outbox.tell(new Outbox.LineUp(line));
    }

    void lineDown() {
        directory.lineDown();
        preKeys.lineDown();
        media.lineDown();
        outbox.tell(new Outbox.LineDown());
    }

    void deliver(Intent intent) {
        sentLately.accepted(intent);
        media.accepted(intent);
        outbox.tell(new Outbox.Deliver(intent));
    }

    /// Stores what may be stored; afterwards nothing can be sent any more.
    CompletionStage<Done> park() {
        CompletableFuture<Done> parked = new CompletableFuture<>();
        ciphers.tell(new Ciphers.Park(parked));
        return parked;
    }

    void fetch(AccountCommand.FetchMedia fetch) {
        Fetches.answer(media, fetch);
    }

    /// Those who have no actor of their own hear that the line is down; those who have one end with it.
    void stop() {
        directory.lineDown();
        preKeys.lineDown();
        media.lineDown();
        media.stop();
        context.stop(inbox);
        context.stop(outbox);
        context.stop(retries);
        context.stop(ciphers);
    }

    private CompletionStage<Done> news(Notification notification) {
        switch (notification.content()) {
            case Content.PreKeysLow _ -> preKeys.low();
            case Content.IdentityChanged changed -> {
                directory.devicesChanged(notification.from());
                return encryption.forget(preferred(changed, notification.from()));
            }
            case Content.MediaRetried retried -> media.retried(retried);
            case Content.DevicesChanged changed -> directory.devicesChanged(changed.user());
            case Content.GroupChanged _ -> {
                Jid group = notification.from();
                directory.groupChanged(group);
                Jid lid = link.lid();
                return encryption
                        .rotateSenderKey(group, link.jid())
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
