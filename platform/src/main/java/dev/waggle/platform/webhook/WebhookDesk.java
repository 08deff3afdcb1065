package dev.waggle.platform.webhook;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.platform.port.webhook.DeadLetter;
import dev.waggle.platform.port.webhook.Position;
import dev.waggle.platform.port.webhook.Trial;
import dev.waggle.platform.port.webhook.Webhook;
import dev.waggle.platform.port.webhook.WebhookDraft;
import dev.waggle.platform.port.webhook.WebhookRefused;
import dev.waggle.platform.port.webhook.Webhooks;
import dev.waggle.platform.webhook.DeliveryCommand.Question;
import dev.waggle.platform.webhook.call.Courier;
import dev.waggle.platform.webhook.call.Signature;
import dev.waggle.platform.webhook.shelf.Definition;
import dev.waggle.platform.webhook.shelf.Definitions;
import dev.waggle.platform.webhook.shelf.Drafts;
import dev.waggle.platform.webhook.shelf.Pair;
import dev.waggle.platform.webhook.shelf.WebhookShelf;
import dev.waggle.storage.control.AccountRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/// All webhooks of a node. Thread-safe.
public final class WebhookDesk implements Webhooks {
    /// The type of entities that webhooks are in, in a cluster.
    public static final String SPREAD = "webhooks";

    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

    private final WebhookServices services;
    private final Definitions definitions;
    private final WebhookShelf shelf;
    private final Courier courier;
    private final Drafts drafts;
    private final ActorSystem<?> system;
    private final ActorRef<Deliveries.Command> deliveries;
    private volatile Runnable changed = () -> {};

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
        this.drafts = new Drafts(services.settings().target(), services.types());
        this.system = system;
        DeliveryServices shared = new DeliveryServices(
                services,
                definitions,
                shelf,
                courier,
                new Calls(services.settings().callsMax()),
                new WebhookMeters(services.meters(), services.clock()),
                _ -> {});
        this.deliveries = system.systemActorOf(
                services.directory().shared()
                        ? Spread.create(mine -> Deliveries.create(services, shared, definitions, mine))
                        : Deliveries.create(services, shared, definitions, _ -> true),
                "webhooks",
                Props.empty());
        services.directory().listen(row -> deliveries.tell(new Deliveries.Listed(row)));
        deliveries.tell(new Deliveries.Sync());
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
                services.runtime(),
                services.clock());
        return Definitions.open(shelf, settings.limits().webhooksMax())
                .thenApply(definitions -> new WebhookDesk(services, definitions, shelf, courier, system));
    }

    /// Tells of every change of a webhook on this node from now on.
    public void listen(Runnable listener) {
        changed = listener;
    }

    /// Another node may have changed a webhook.
    public CompletionStage<Void> heard() {
        return definitions.reread().thenRun(() -> deliveries.tell(new Deliveries.Sync()));
    }

    private CompletionStage<Void> fresh() {
        return services.directory().shared() ? definitions.reread() : CompletableFuture.completedStage(null);
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
        return fresh().thenApply(_ -> draft)
                .thenApply(wanted -> drafts.made(wanted, drawn("wh_"), new Webhook.Key(drawn("sec_"), now), now))
                .thenCompose(webhook -> definitions.add(new Definition(webhook, List.of(key))))
                .thenApply(stored -> made(stored, key));
    }

    private Made made(Definition stored, Bytes key) {
        synced(stored);
        return new Made(stored.webhook(), Signature.text(key));
    }

    private <T> CompletionStage<T> there(String webhook, Function<Definition, CompletionStage<T>> then) {
        CompletionStage<Void> known =
                definitions.find(webhook).isPresent() ? CompletableFuture.completedStage(null) : fresh();
        return known.thenApply(_ -> definitions.there(webhook)).thenCompose(then);
    }

    @Override
    public CompletionStage<Webhook> find(String webhook) {
        return there(webhook, found -> CompletableFuture.completedStage(found.webhook()));
    }

    @Override
    public CompletionStage<List<Webhook>> page(String after, int limit) {
        return fresh().thenApply(_ ->
                definitions.page(after, limit).stream().map(Definition::webhook).toList());
    }

    @Override
    public CompletionStage<Webhook> change(String webhook, WebhookDraft draft) {
        return fresh().thenCompose(_ -> definitions.change(
                        webhook,
                        before -> before.with(drafts.changed(
                                before.webhook(), draft, services.clock().instant()))))
                .thenApply(this::synced);
    }

    private Webhook synced(Definition definition) {
        deliveries.tell(new Deliveries.Changed(definition.webhook().id()));
        changed.run();
        return definition.webhook();
    }

    @Override
    public CompletionStage<Void> delete(String webhook) {
        return fresh().thenCompose(_ -> definitions.remove(webhook))
                .thenCompose(gone -> AskPattern.<Deliveries.Command, Reply<Done>>ask(
                        deliveries,
                        replyTo -> new Deliveries.Forget(
                                services.directory().all().stream()
                                        .filter(row -> Deliveries.wants(gone, row))
                                        .map(row -> new Pair(webhook, row.id()))
                                        .collect(Collectors.toSet()),
                                replyTo),
                        ANSWER_MAX,
                        system.scheduler()))
                .thenAccept(reply -> {
                    changed.run();
                    reply.granted();
                });
    }

    @Override
    public CompletionStage<Made> rotate(String webhook) {
        Bytes key = Signature.draw(services.random());
        Webhook.Key name = new Webhook.Key(drawn("sec_"), services.clock().instant());
        return fresh().thenCompose(_ -> definitions.change(webhook, before -> before.rotated(name, key)))
                .thenApply(stored -> made(stored, key));
    }

    @Override
    public CompletionStage<Webhook> retire(String webhook, String secret) {
        return fresh().thenCompose(_ -> definitions.change(webhook, before -> {
                    Definition after = before.without(secret);
                    if (after.keys().size() == before.keys().size()) {
                        throw new WebhookRefused(WebhookRefused.Code.SECRET_NOT_FOUND, "there is no secret " + secret);
                    }
                    if (after.keys().isEmpty()) {
                        throw WebhookRefused.invalid("secret", secret, "not the last one: make another first");
                    }
                    return after;
                }))
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
                    .thenApply(outcome -> outcome.trial(began));
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
                        this.<Position>ask(new Pair(webhook, row.id()), DeliveryCommand.Describe::new), (list, one) -> {
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
        return asked(webhook, letter.account(), replyTo -> new DeliveryCommand.Redeliver(letter.sequence(), replyTo));
    }

    @Override
    public CompletionStage<Void> drop(String webhook, DeadLetter.Ref letter) {
        return this.<Done>asked(
                        webhook, letter.account(), replyTo -> new DeliveryCommand.Drop(letter.sequence(), replyTo))
                .thenApply(_ -> null);
    }

    private <T> CompletionStage<T> asked(
            String webhook, AccountId account, Function<ActorRef<Reply<T>>, Question<T>> question) {
        return there(webhook, _ -> ask(new Pair(webhook, account), question));
    }

    private <T> CompletionStage<T> ask(Pair pair, Function<ActorRef<Reply<T>>, Question<T>> question) {
        return AskPattern.<Deliveries.Command, Reply<T>>ask(
                        deliveries,
                        replyTo -> new Deliveries.Ask(pair, question.apply(replyTo)),
                        ANSWER_MAX,
                        system.scheduler())
                .thenApply(Reply::granted);
    }
}
