package dev.waggle.platform.webhook.shelf;

import com.google.protobuf.ByteString;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.platform.port.webhook.Ordering;
import dev.waggle.platform.port.webhook.Selector;
import dev.waggle.platform.port.webhook.Webhook;
import dev.waggle.platform.webhook.call.Courier;
import dev.waggle.proto.journal.SecretRow;
import dev.waggle.proto.journal.WebhookRow;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A webhook with its secrets, in the order of [Webhook#secrets], and its stored form.
public record Definition(Webhook webhook, List<Bytes> keys) {
    /// The newest and the one before it.
    static final int SECRETS_MAX = 2;

    public Definition {
        keys = List.copyOf(keys);
    }

    public Definition with(Webhook changed) {
        return new Definition(changed, keys);
    }

    /// One more secret in front; of the others only the newest stays.
    public Definition rotated(Webhook.Key name, Bytes key) {
        List<Webhook.Key> names = new ArrayList<>(List.of(name));
        List<Bytes> all = new ArrayList<>(List.of(key));
        for (int i = 0; i < Math.min(keys.size(), SECRETS_MAX - 1); i++) {
            names.add(webhook.secrets().get(i));
            all.add(keys.get(i));
        }
        return new Definition(signedBy(names), all);
    }

    public Definition without(String secret) {
        List<Webhook.Key> names = new ArrayList<>();
        List<Bytes> all = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (!webhook.secrets().get(i).id().equals(secret)) {
                names.add(webhook.secrets().get(i));
                all.add(keys.get(i));
            }
        }
        return new Definition(signedBy(names), all);
    }

    private Webhook signedBy(List<Webhook.Key> names) {
        return new Webhook(
                webhook.id(),
                webhook.url(),
                webhook.selector(),
                webhook.types(),
                webhook.headers(),
                webhook.ordering(),
                webhook.maxInFlight(),
                webhook.enabled(),
                webhook.stop(),
                names,
                webhook.fromStart(),
                webhook.createdAt(),
                webhook.selectedAt());
    }

    public Definition stopped(String why) {
        return with(new Webhook(
                webhook.id(),
                webhook.url(),
                webhook.selector(),
                webhook.types(),
                webhook.headers(),
                webhook.ordering(),
                webhook.maxInFlight(),
                webhook.enabled(),
                why,
                webhook.secrets(),
                webhook.fromStart(),
                webhook.createdAt(),
                webhook.selectedAt()));
    }

    public Courier.Address address() {
        return new Courier.Address(webhook.url(), webhook.headers(), keys);
    }

    public WebhookRow row() {
        WebhookRow.Builder row = WebhookRow.newBuilder()
                .setId(webhook.id())
                .setUrl(webhook.url().toString())
                .setAllAccounts(webhook.selector().all())
                .addAllLabels(webhook.selector().labels())
                .addAllTypes(webhook.types())
                .putAllHeaders(webhook.headers())
                .setOrdering(webhook.ordering().name())
                .setMaxInFlight(webhook.maxInFlight())
                .setEnabled(webhook.enabled())
                .setStop(webhook.stop())
                .setFromStart(webhook.fromStart())
                .setCreatedAtMillis(webhook.createdAt().toEpochMilli())
                .setSelectedAtMillis(webhook.selectedAt().toEpochMilli());
        webhook.selector().accounts().forEach(account -> row.addAccounts(account.value()));
        for (int i = 0; i < keys.size(); i++) {
            Webhook.Key name = webhook.secrets().get(i);
            row.addSecrets(SecretRow.newBuilder()
                    .setId(name.id())
                    .setKey(ByteString.copyFrom(keys.get(i).unsafeArray()))
                    .setCreatedAtMillis(name.createdAt().toEpochMilli()));
        }
        return row.build();
    }

    public static Definition of(WebhookRow row) {
        Webhook webhook = new Webhook(
                row.getId(),
                URI.create(row.getUrl()),
                new Selector(
                        row.getAllAccounts(),
                        row.getAccountsList().stream().map(AccountId::new).toList(),
                        row.getLabelsList()),
                Set.copyOf(row.getTypesList()),
                row.getHeadersMap(),
                Ordering.valueOf(row.getOrdering()),
                row.getMaxInFlight(),
                row.getEnabled(),
                row.getStop(),
                row.getSecretsList().stream()
                        .map(secret ->
                                new Webhook.Key(secret.getId(), Instant.ofEpochMilli(secret.getCreatedAtMillis())))
                        .toList(),
                row.getFromStart(),
                Instant.ofEpochMilli(row.getCreatedAtMillis()),
                Instant.ofEpochMilli(row.getSelectedAtMillis()));
        return new Definition(
                webhook,
                row.getSecretsList().stream()
                        .map(secret -> Bytes.wrap(secret.getKey().toByteArray()))
                        .toList());
    }

    /// Header values and secrets stay out of logs.
    @Override
    public String toString() {
        return webhook.toString();
    }
}
