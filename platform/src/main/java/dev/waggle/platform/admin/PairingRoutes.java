package dev.waggle.platform.admin;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.PairingView;
import dev.waggle.platform.admin.form.PairingForm;
import dev.waggle.platform.admin.form.QrPicture;
import dev.waggle.platform.admin.http.Call;
import dev.waggle.platform.admin.http.JsonBody;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.admin.http.Replies;
import dev.waggle.platform.admin.http.Route;
import dev.waggle.platform.admin.http.SseFrame;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// Pairings of an account: begun, shown in four forms, watched, cancelled.
final class PairingRoutes {
    private static final String PAIRINGS = "/v1/accounts/{account}/pairings";
    private static final String PAIRING = PAIRINGS + "/{pairing}";
    /// A picture that is asked for before the server sent the first code waits so long for it.
    private static final Duration FIRST_CODE_MAX = Duration.ofSeconds(10);

    private final Asking asking;
    private final ActorRef<PairingFeed.Command> feed;
    private final Streams streams;
    private final Materializer materializer;

    PairingRoutes(AdminPorts ports, ActorRef<PairingFeed.Command> feed, Streams streams, Materializer materializer) {
        this.asking = new Asking(ports.accounts());
        this.feed = feed;
        this.streams = streams;
        this.materializer = materializer;
    }

    List<Route> routes() {
        return List.of(
                Route.post(PAIRINGS, this::begin),
                Route.get(PAIRING, this::show).forms("application/json", "image/png", "image/svg+xml", "text/plain"),
                Route.delete(PAIRING, this::cancel),
                Route.get(PAIRING + "/events", this::watch).forms("text/event-stream"));
    }

    private CompletionStage<HttpResponse> begin(Call call) {
        AccountId account = Asking.account(call);
        return call.json(Set.of("method", "phone")).thenCompose(body -> {
            String phone = phone(body);
            return asking.<PairingView>ask(call, to -> new AccountCommand.StartPairing(phone, to))
                    .thenApply(view -> Replies.with(
                            Replies.json(201, PairingForm.of(account, view)),
                            "Location",
                            "/v1/accounts/" + account + "/pairings/" + view.id()));
        });
    }

    /// Digits for pairing by code, null for pairing by QR.
    private static @Nullable String phone(JsonBody body) {
        if (body.oneOf("method", List.of("qr", "code")).equals("qr")) {
            if (body.has("phone")) {
                throw Problem.INVALID_VALUE.because("phone", "given", "absent for method qr");
            }
            return null;
        }
        String phone = body.text("phone", 1, 32);
        String digits = phone.startsWith("+") ? phone.substring(1) : phone;
        if (!digits.matches("[0-9]{5,20}")) {
            throw Problem.INVALID_VALUE.because("phone", phone, "an E.164 number: + and 5 to 20 digits");
        }
        return digits;
    }

    private CompletionStage<PairingView> describe(Call call) {
        return asking.ask(call, to -> new AccountCommand.DescribePairing(call.value("pairing"), to));
    }

    private CompletionStage<HttpResponse> show(Call call) {
        AccountId account = Asking.account(call);
        if (call.form().equals("application/json")) {
            return describe(call).thenApply(view -> Replies.json(200, PairingForm.of(account, view)));
        }
        return describe(call)
                .thenCompose(view -> view.state() == PairingView.State.OPENING
                        ? firstCode(account, view)
                        : CompletableFuture.completedStage(view))
                .thenApply(view -> picture(call.form(), view));
    }

    private CompletionStage<PairingView> firstCode(AccountId account, PairingView view) {
        return PairingFeed.views(feed, account, view.id())
                .filter(next -> next.state() != PairingView.State.OPENING)
                .takeWithin(FIRST_CODE_MAX)
                .runWith(Sink.headOption(), materializer)
                .thenApply(first -> first.orElse(view));
    }

    private static HttpResponse picture(String form, PairingView view) {
        if (view.over()) {
            throw Problem.PAIRING_EXPIRED.because("pairing", view.state().name(), "one that is open");
        }
        String code = view.code();
        if (code != null && form.equals("text/plain")) {
            return text(code + "\n");
        }
        String qr = view.qr();
        if (qr == null) {
            throw Problem.QR_NOT_SHOWN.because(
                    "pairing by " + view.method(), view.state().name(), "one by qr in state WAITING");
        }
        QrPicture picture = QrPicture.of(qr);
        return switch (form) {
            case "image/png" -> Replies.bytes(form, ByteString.fromArrayUnsafe(picture.png()));
            case "image/svg+xml" -> Replies.bytes(form, ByteString.fromString(picture.svg()));
            default -> text(picture.terminal());
        };
    }

    private static HttpResponse text(String text) {
        return Replies.bytes("text/plain; charset=UTF-8", ByteString.fromString(text));
    }

    private CompletionStage<HttpResponse> cancel(Call call) {
        return describe(call)
                .thenCompose(_ -> asking.<PairingView>ask(
                        call, to -> new AccountCommand.CancelPairing(call.value("pairing"), to)))
                .thenApply(_ -> Replies.nothing());
    }

    private CompletionStage<HttpResponse> watch(Call call) {
        AccountId account = Asking.account(call);
        return describe(call)
                .thenApply(view -> streams.response(PairingFeed.views(feed, account, view.id())
                        .map(next -> new SseFrame("", PairingForm.event(next), PairingForm.of(account, next)))));
    }
}
