package dev.waggle.platform.account;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.platform.account.reception.Reception;
import dev.waggle.proto.journal.MediaFile;
import dev.waggle.transport.Egress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// What an account can be told, by people, plugins and the cluster. Every command is answered exactly once.
public sealed interface AccountCommand extends AccountMessage {
    Reception.Refusing<AccountCommand> REFUSING = new Reception.Refusing<>() {
        @Override
        public void refuse(AccountCommand command, @Nullable Throwable why) {
            command.refuse(Refusal.away(why));
        }

        @Override
        public boolean last(AccountCommand command) {
            return command instanceof Leave;
        }
    };

    /// Whom the answer goes to.
    ActorRef<?> replyTo();

    /// Answers, in place of an account that will not.
    default void refuse(Refusal refusal) {
        replyTo().<Answer<?>>unsafeUpcast().tell(new Answer.Refused<>(refusal));
    }

    /// Creates the account or changes its profile. Answers with the view after the change.
    record Configure(
            @Nullable String pushName,
            @Nullable List<String> labels,
            @Nullable Map<String, String> metadata,
            ActorRef<Answer<AccountView>> replyTo)
            implements AccountCommand {}

    /// Which proxy the account's sockets and HTTP go through from now on; null: the node's own way out. An open
    /// connection is made anew. Answers with the view after the change.
    record SetProxy(Egress.@Nullable Proxy proxy, ActorRef<Answer<AccountView>> replyTo) implements AccountCommand {}

    record Describe(ActorRef<Answer<AccountView>> replyTo) implements AccountCommand {}

    record SetDesiredState(boolean running, ActorRef<Answer<AccountView>> replyTo) implements AccountCommand {}

    /// Starts a pairing by QR (`phone` null) or by phone code (`phone` = digits). One at a time.
    record StartPairing(@Nullable String phone, ActorRef<Answer<PairingView>> replyTo) implements AccountCommand {}

    record DescribePairing(String pairing, ActorRef<Answer<PairingView>> replyTo) implements AccountCommand {}

    /// Tells whoever is named every change of the pairing from now on, the present state first, until it is over.
    record WatchPairing(String pairing, ActorRef<Answer<PairingView>> replyTo) implements AccountCommand {}

    record CancelPairing(String pairing, ActorRef<Answer<PairingView>> replyTo) implements AccountCommand {}

    /// Accepts a message for sending once its intent is journaled (rule D2). `bodyHash` tells a repeated request
    /// from another one under the same key. `content` is the serialized end-to-end message; `media` and `thumbnail`
    /// name the spooled files that it needs, or are empty. `sendAt` null: at once.
    record Send(
            Jid chat,
            String type,
            String text,
            Bytes content,
            String media,
            String thumbnail,
            String idempotencyKey,
            Bytes bodyHash,
            @Nullable Instant sendAt,
            ActorRef<Answer<Accepted>> replyTo)
            implements AccountCommand {
        /// A message without a file.
        public Send(
                Jid chat,
                String type,
                String text,
                Bytes content,
                String idempotencyKey,
                Bytes bodyHash,
                ActorRef<Answer<Accepted>> replyTo) {
            this(chat, type, text, content, "", "", idempotencyKey, bodyHash, null, replyTo);
        }
    }

    /// Fetches the file of a message, one that came in or one that went out, into this node's spool. Answers when
    /// it is there and verified, which may take as long as a download does.
    ///
    /// @param thumbnail the uploaded thumbnail of its file or its link, not the file itself
    record FetchMedia(MessageId message, boolean thumbnail, ActorRef<Answer<MediaFile>> replyTo)
            implements AccountCommand {}

    /// `repeated`: the same request had been accepted before; the id is the one drawn then.
    record Accepted(String messageId, String state, boolean repeated) {}

    /// Takes back a send that has not left. Granted when that is journaled: it will never leave; granted again for
    /// one that was taken back before. Refused with `SEND_NOT_CANCELLABLE` once it may have left.
    record CancelSend(MessageId message, ActorRef<Answer<Cancelled>> replyTo) implements AccountCommand {}

    record Cancelled(MessageId message) {}

    record BindPlugin(String plugin, Map<String, String> config, ActorRef<Answer<AccountView>> replyTo)
            implements AccountCommand {}

    record UnbindPlugin(String plugin, ActorRef<Answer<AccountView>> replyTo) implements AccountCommand {}

    /// One step of a bot: its cursor, its state and its sends as ONE event. Refused with `STALE_STEP` when `from`
    /// is not the journaled cursor, so a step is taken once.
    record StepPlugin(
            String plugin,
            long from,
            long to,
            @Nullable Bytes state,
            List<PluginSend> sends,
            ActorRef<Answer<PluginStepDone>> replyTo)
            implements AccountCommand {
        public StepPlugin {
            sends = List.copyOf(sends);
        }
    }

    record PluginSend(Jid chat, String type, String text, Bytes content) {}

    record PluginStepDone(long cursor, List<String> messageIds) {}

    /// Where a bound plugin stands.
    record DescribePlugin(String plugin, ActorRef<Answer<PluginView>> replyTo) implements AccountCommand {}

    record PluginView(String plugin, Map<String, String> config, long cursor, Bytes state) {}

    /// Tells the server to unlink this device, then forgets the link.
    record Logout(ActorRef<Answer<AccountView>> replyTo) implements AccountCommand {}

    /// Ends the account: stops it, destroys its data key, removes its rows.
    record Delete(ActorRef<Answer<Done>> replyTo) implements AccountCommand {}

    /// The node is going down: stop orderly, store what can be stored, then answer.
    record Leave(ActorRef<Done> replyTo) implements AccountCommand {
        /// There is nothing that could be stored: it leaves as it is.
        @Override
        public void refuse(Refusal refusal) {
            replyTo.tell(Done.getInstance());
        }
    }
}
