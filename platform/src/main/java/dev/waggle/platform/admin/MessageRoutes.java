package dev.waggle.platform.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.address.AccountId;
import dev.waggle.address.AddressException;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.crypto.Digest;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountCommand.Accepted;
import dev.waggle.platform.admin.form.MessageForm;
import dev.waggle.platform.admin.form.SendTime;
import dev.waggle.platform.admin.http.Call;
import dev.waggle.platform.admin.http.JsonBody;
import dev.waggle.platform.admin.http.Prefer;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.admin.http.Replies;
import dev.waggle.platform.admin.http.Route;
import dev.waggle.platform.admin.media.MessageBodies;
import dev.waggle.stanza.message.ChatAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/// Messages that an account sends.
final class MessageRoutes {
    private static final String MESSAGES = "/v1/accounts/{account}/messages";
    private static final int WAIT_MAX_SECONDS = 60;

    /// A send as it was asked for, checked.
    private record Request(
            Jid chat,
            MessageBodies.Sending sending,
            @Nullable Instant sendAt,
            String key) {
        /// The same for the same request, however its JSON was written.
        Bytes hash() {
            List<byte[]> parts = new ArrayList<>();
            parts.add(Bytes.utf8(chat.toString()).unsafeArray());
            for (String part : sending.told()) {
                parts.add(new byte[] {0});
                parts.add(Bytes.utf8(part).unsafeArray());
            }
            if (sendAt != null) {
                parts.add(Bytes.utf8("\0" + sendAt).unsafeArray());
            }
            return Bytes.wrap(Digest.sha256(parts.toArray(byte[][]::new)));
        }

        AccountCommand.Send command(
                org.apache.pekko.actor.typed.ActorRef<dev.waggle.platform.account.Answer<Accepted>> to) {
            return new AccountCommand.Send(
                    chat,
                    sending.type(),
                    sending.text(),
                    sending.content(),
                    sending.media(),
                    sending.thumbnail(),
                    key,
                    hash(),
                    sendAt,
                    to);
        }
    }

    private final Asking asking;
    private final SentMessages sent;
    private final MessageBodies bodies;

    MessageRoutes(AdminPorts ports, SentMessages sent) {
        this.bodies = new MessageBodies(ports.spool(), ports.runtime());
        this.asking = new Asking(ports.accounts());
        this.sent = sent;
    }

    List<Route> routes() {
        return List.of(
                Route.post(MESSAGES, this::send),
                Route.get(MESSAGES + "/{message}", this::get),
                Route.delete(MESSAGES + "/{message}", this::cancel));
    }

    private CompletionStage<HttpResponse> send(Call call) {
        AccountId account = Asking.account(call);
        String key = key(call);
        OptionalInt wait = Prefer.waitSeconds(call.header("Prefer").orElse(""));
        return call.json(MessageBodies.FIELDS)
                .thenCompose(body -> request(account, body, key))
                .thenCompose(request -> {
                    if (wait.isEmpty()) {
                        return asking.<Accepted>ask(call, request::command)
                                .thenApply(accepted -> reply(
                                        account,
                                        accepted,
                                        MessageForm.accepted(
                                                accepted.messageId(),
                                                request.chat(),
                                                accepted.state(),
                                                request.sendAt())));
                    }
                    int seconds = Math.min(wait.getAsInt(), WAIT_MAX_SECONDS);
                    return sent.latest(account)
                            .thenCompose(latest -> asking.<Accepted>ask(call, request::command)
                                    .thenCompose(accepted -> sent.finished(
                                                    account,
                                                    new MessageId(accepted.messageId()),
                                                    latest,
                                                    Duration.ofSeconds(seconds))
                                            .thenApply(row -> reply(
                                                    account,
                                                    accepted,
                                                    row.map(MessageForm::of)
                                                            .orElseGet(() -> MessageForm.accepted(
                                                                    accepted.messageId(),
                                                                    request.chat(),
                                                                    accepted.state(),
                                                                    request.sendAt()))))))
                            .thenApply(response -> Replies.with(response, "Preference-Applied", "wait=" + seconds));
                });
    }

    private static HttpResponse reply(AccountId account, Accepted accepted, ObjectNode message) {
        return Replies.with(
                Replies.json(202, message),
                "Location",
                "/v1/accounts/" + account + "/messages/" + accepted.messageId());
    }

    private static String key(Call call) {
        String key = call.header("Idempotency-Key")
                .orElseThrow(() -> Problem.IDEMPOTENCY_KEY_MISSING.because(
                        "Idempotency-Key", "missing", "a key of your own for this one send, e.g. a UUID"));
        if (!key.matches("[\\x21-\\x7e]{1,255}")) {
            throw Problem.INVALID_VALUE.because("Idempotency-Key", key, "1..255 printable characters, no spaces");
        }
        return key;
    }

    private CompletionStage<Request> request(AccountId account, JsonBody body, String key) {
        Jid chat = chat(body.text("chat", 1, 128));
        Instant sendAt = SendTime.of(body);
        return bodies.read(account, body).thenApply(sending -> new Request(chat, sending, sendAt, key));
    }

    private static Jid chat(String chat) {
        try {
            return ChatAddress.parse(chat);
        } catch (AddressException _) {
            throw Problem.INVALID_VALUE
                    .because("chat", chat, "a user's or group's JID, or an E.164 number")
                    .with("field", "chat");
        }
    }

    private CompletionStage<HttpResponse> cancel(Call call) {
        MessageId message = new MessageId(call.value("message"));
        return asking.<AccountCommand.Cancelled>ask(call, to -> new AccountCommand.CancelSend(message, to))
                .thenApply(_ -> Replies.nothing());
    }

    private CompletionStage<HttpResponse> get(Call call) {
        AccountId account = Asking.account(call);
        MessageId message = new MessageId(call.value("message"));
        return asking.describe(call)
                .thenCompose(_ -> sent.row(account, message))
                .thenCompose(row -> row.isPresent()
                        ? CompletableFuture.completedStage(row.get())
                        : CompletableFuture.failedStage(
                                Problem.MESSAGE_NOT_FOUND.because("message", message.value(), "the id of a send")))
                .thenApply(row -> Replies.json(200, MessageForm.of(row)));
    }
}
