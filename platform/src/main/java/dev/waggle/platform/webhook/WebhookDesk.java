package dev.waggle.platform.webhook;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.platform.port.webhook.DeadLetter;
import dev.waggle.platform.port.webhook.Ordering;
import dev.waggle.platform.port.webhook.Position;
import dev.waggle.platform.port.webhook.Selector;
import dev.waggle.platform.port.webhook.Trial;
import dev.waggle.platform.port.webhook.Webhook;
import dev.waggle.platform.port.webhook.WebhookDraft;
import dev.waggle.platform.port.webhook.WebhookRefused;
import dev.waggle.platform.port.webhook.Webhooks;
import dev.waggle.platform.webhook.call.Courier;
import dev.waggle.platform.webhook.call.Signature;
import dev.waggle.platform.webhook.call.Target;
import dev.waggle.storage.control.AccountRow;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/// All webhooks of a node. Thread-safe.
public final class WebhookDesk implements Webhooks {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final int IN_FLIGHT = 16;
    private static final int IN_FLIGHT_MAX = 256;

    private final WebhookServices services;
    private final Definitions definitions;
    private final WebhookShelf shelf;
    private final Courier courier;
    private final ActorSystem<?> system;
    private final ActorRef<Deliveries.Command> deliveries;

    private WebhookDesk(
            WebhookServices services,
            Definitions definitions,
            WebhookShelf shelf,
            Courier courier,
            ActorSystem<?> system) {
        this.services = services;
        this.definitions = definitions;
        this.shelf = shelf;
        this.courier = courier;
        this.system = system;
        this.deliveries = system.systemActorOf(
                Deliveries.create(services, definitions, shelf, courier), "webhooks", Props.empty());
    }

    /// Reads what is there and starts to deliver.
    public static CompletionStage<WebhookDesk> open(WebhookServices services, ActorSystem<?> system) {
        WebhookSettings settings = services.settings();
        WebhookShelf shelf = new WebhookShelf(services.control(), services.installation(), services.sealers());
        Courier courier = new Courier(
                services.http(),
                settings.egress(),
                settings.target().guard(),
                settings.connectMax(),
                settings.answerMax(),
                services.blocking(),
                services.clock());
        return Definitions.open(shelf, settings.limits().webhooksMax())
                .thenApply(definitions -> new WebhookDesk(services, definitions, shelf, courier, system));
    }

    /// An account was made or changed.
    public void listed(AccountRow row) {
        deliveries.tell(new Deliveries.Listed(row));
    }

    /// What is kept of an account that is being deleted goes, too.
    public CompletionStage<Void> forget(AccountId account) {
        return AskPattern.<Deliveries.Command, Reply<Done>>ask(
                        deliveries,
                        replyTo -> new Deliveries.ForgetAccount(account, replyTo),
                        ANSWER_MAX,
                        system.scheduler())
                .thenAccept(Reply::granted);
    }

    private String drawn(String prefix) {
        byte[] bytes = new byte[8];
        services.random().nextBytes(bytes);
        return prefix + HexFormat.of().formatHex(bytes);
    }

    @Override
    public CompletionStage<Made> create(WebhookDraft draft) {
        Instant now = services.clock().instant();
        Bytes key = Signature.draw(services.random());
        String url = draft.url();
        if (url == null) {
            throw WebhookRefused.invalid("url", "missing", "where events go");
        }
        Webhook blank = new Webhook(
                drawn("wh_"),
                services.settings().target().url(url),
                Selector.ALL,
                Set.of(),
                Map.of(),
                Ordering.CHAT,
                IN_FLIGHT,
                true,
                "",
                List.of(new Webhook.Key(drawn("sec_"), now)),
                "earliest".equals(draft.start()),
                now,
                now);
        return definitions
                .add(new Definition(changed(blank, draft, now), List.of(key)))
                .thenApply(stored -> made(stored, key));
    }

    private Made made(Definition stored, Bytes key) {
        deliveries.tell(new Deliveries.Sync());
        return new Made(stored.webhook(), Signature.text(key));
    }

    private Webhook changed(Webhook before, WebhookDraft draft, Instant now) {
        Selector selector = draft.selector() == null ? before.selector() : draft.selector();
        URI url = draft.url() == null ? before.url() : services.settings().target().url(draft.url());
        Integer inFlight = draft.maxInFlight();
        if (inFlight != null && (inFlight < 1 || inFlight > IN_FLIGHT_MAX)) {
            throw WebhookRefused.invalid("maxInFlight", inFlight.toString(), "1.." + IN_FLIGHT_MAX);
        }
        boolean enabled = draft.enabled() == null ? before.enabled() : draft.enabled();
        // Whoever enables it, or gives it another address, wants it to be tried again.
        boolean again = Boolean.TRUE.equals(draft.enabled()) || !url.equals(before.url());
        return new Webhook(
                before.id(),
                url,
                selector,
                draft.types() == null ? before.types() : types(draft.types()),
                draft.headers() == null ? before.headers() : Target.headers(draft.headers()),
                draft.ordering() == null ? before.ordering() : draft.ordering(),
                inFlight == null ? before.maxInFlight() : inFlight,
                enabled,
                again ? "" : before.stop(),
                before.secrets(),
                before.fromStart(),
                before.createdAt(),
                selector.equals(before.selector()) ? before.selectedAt() : now);
    }

    private Set<String> types(List<String> types) {
        for (String type : types) {
            if (!services.types().contains(type)) {
                throw WebhookRefused.invalid("types", type, "some of " + new TreeSet<>(services.types()));
            }
        }
        return Set.copyOf(types);
    }

    private <T> CompletionStage<T> there(String webhook, Function<Definition, CompletionStage<T>> then) {
        return CompletableFuture.completedStage(webhook)
                .thenApply(definitions::there)
                .thenCompose(then);
    }

    @Override
    public CompletionStage<Webhook> find(String webhook) {
        return there(webhook, found -> CompletableFuture.completedStage(found.webhook()));
    }

    @Override
    public CompletionStage<List<Webhook>> page(String after, int limit) {
        return CompletableFuture.completedStage(
                definitions.page(after, limit).stream().map(Definition::webhook).toList());
    }

    @Override
    public CompletionStage<Webhook> change(String webhook, WebhookDraft draft) {
        return definitions
                .change(webhook, before -> before.with(
                        changed(before.webhook(), draft, services.clock().instant())))
                .thenApply(this::synced);
    }

    private Webhook synced(Definition definition) {
        deliveries.tell(new Deliveries.Sync());
        return definition.webhook();
    }

    @Override
    public CompletionStage<Void> delete(String webhook) {
        return definitions
                .remove(webhook)
                .thenCompose(gone -> AskPattern.<Deliveries.Command, Reply<Done>>ask(
                        deliveries,
                        replyTo -> new Deliveries.Forget(
                                services.directory().all().stream()
                                        .map(row -> new Pair(webhook, row.id()))
                                        .toList(),
                                replyTo),
                        ANSWER_MAX,
                        system.scheduler()))
                .thenAccept(Reply::granted);
    }

    @Override
    public CompletionStage<Made> rotate(String webhook) {
        Bytes key = Signature.draw(services.random());
        Webhook.Key name = new Webhook.Key(drawn("sec_"), services.clock().instant());
        return definitions
                .change(webhook, before -> before.rotated(name, key))
                .thenApply(stored -> made(stored, key));
    }

    @Override
    public CompletionStage<Webhook> retire(String webhook, String secret) {
        return definitions
                .change(webhook, before -> {
                    Definition after = before.without(secret);
                    if (after.keys().size() == before.keys().size()) {
                        throw new WebhookRefused(
                                WebhookRefused.Code.SECRET_NOT_FOUND, "there is no secret " + secret);
                    }
                    if (after.keys().isEmpty()) {
                        throw WebhookRefused.invalid("secret", secret, "not the last one: make another first");
                    }
                    return after;
                })
                .thenApply(this::synced);
    }

    @Override
    public CompletionStage<Trial> ping(String webhook) {
        return there(webhook, found -> {
            long began = System.nanoTime();
            String id = drawn("ping_");
            String body = "{\"type\":\"webhook.ping\",\"id\":\"" + id + "\",\"webhook\":\"" + webhook + "\",\"at\":\""
                    + services.clock().instant() + "\",\"data\":{}}";
            return courier.carry(found.address(), id, body.getBytes(StandardCharsets.UTF_8))
                    .thenApply(outcome -> Seeking.trial(outcome, began));
        });
    }

    @Override
    public CompletionStage<List<Position>> positions(String webhook, String after, int limit) {
        return there(webhook, found -> {
            CompletionStage<List<Position>> all = CompletableFuture.completedStage(new ArrayList<>());
            List<AccountRow> rows = services.directory().page(after, Integer.MAX_VALUE).stream()
                    .filter(row -> Deliveries.wants(found, row))
                    .limit(limit)
                    .toList();
            for (AccountRow row : rows) {
                all = all.thenCombine(
                        this.<Position>ask(new Pair(webhook, row.id()), DeliveryCommand.Describe::new),
                        (list, one) -> {
                            list.add(one);
                            return list;
                        });
            }
            return all;
        });
    }

    @Override
    public CompletionStage<Position> position(String webhook, AccountId account) {
        return asked(webhook, account, DeliveryCommand.Describe::new);
    }

    @Override
    public CompletionStage<Position> seek(String webhook, AccountId account, long after) {
        return asked(webhook, account, replyTo -> new DeliveryCommand.Seek(after, replyTo));
    }

    @Override
    public CompletionStage<List<DeadLetter>> deadLetters(String webhook, String after, int limit) {
        DeadLetter.@Nullable Ref from = after.isEmpty() ? null : DeadLetter.Ref.parse(after);
        return there(webhook, _ -> shelf.letters(webhook, from, limit));
    }

    @Override
    public CompletionStage<Trial> redeliver(String webhook, DeadLetter.Ref letter) {
        return asked(
                webhook, letter.account(), replyTo -> new DeliveryCommand.Redeliver(letter.sequence(), replyTo));
    }

    @Override
    public CompletionStage<Void> drop(String webhook, DeadLetter.Ref letter) {
        return this.<Done>asked(
                        webhook, letter.account(), replyTo -> new DeliveryCommand.Drop(letter.sequence(), replyTo))
                .thenApply(_ -> null);
    }

    private <T> CompletionStage<T> asked(
            String webhook, AccountId account, Function<ActorRef<Reply<T>>, DeliveryCommand> command) {
        return there(webhook, found -> {
            boolean selected = services.directory()
                    .find(account)
                    .filter(row -> Deliveries.wants(found, row))
                    .isPresent();
            if (!selected) {
                throw new WebhookRefused(
                        WebhookRefused.Code.ACCOUNT_NOT_SELECTED,
                        "webhook " + webhook + " selects no account " + account);
            }
            return ask(new Pair(webhook, account), command);
        });
    }

    private <T> CompletionStage<T> ask(Pair pair, Function<ActorRef<Reply<T>>, DeliveryCommand> command) {
        return AskPattern.<Deliveries.Command, Reply<T>>ask(
                        deliveries,
                        replyTo -> new Deliveries.Tell(pair, command.apply(replyTo)),
                        ANSWER_MAX,
                        system.scheduler())
                .thenApply(Reply::granted);
    }
}
