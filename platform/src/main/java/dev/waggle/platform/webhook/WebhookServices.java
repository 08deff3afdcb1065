package dev.waggle.platform.webhook;

import dev.waggle.address.AccountId;
import dev.waggle.platform.cluster.AccountDirectory;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.vault.Sealer;
import dev.waggle.transport.http.HttpClient;
import dev.waggle.transport.runtime.TaskRuntime;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the node gives to the webhooks.
///
/// @param installation seals what belongs to no account
/// @param sealers seal what belongs to one
/// @param form an event's body, the same bytes at each call
/// @param types every event type that there is
/// @param runtime for reading answers
public record WebhookServices(
        ControlStore control,
        Supplier<CompletionStage<Sealer>> installation,
        Function<AccountId, CompletionStage<Sealer>> sealers,
        EventLog events,
        AccountDirectory directory,
        BiFunction<AccountId, PublicEvent, byte[]> form,
        Set<String> types,
        HttpClient http,
        TaskRuntime runtime,
        WebhookSettings settings,
        MeterRegistry meters,
        SecureRandom random,
        Clock clock) {
    public WebhookServices {
        types = Set.copyOf(types);
    }
}
