package dev.waggle.platform.webhook;

import dev.waggle.platform.webhook.call.Courier;
import dev.waggle.platform.webhook.shelf.Definitions;
import dev.waggle.platform.webhook.shelf.WebhookShelf;
import java.util.function.Consumer;

/// What all deliveries of a node share.
///
/// @param gone told when a webhook's receiver answered 410
record DeliveryServices(
        WebhookServices node,
        Definitions definitions,
        WebhookShelf shelf,
        Courier courier,
        Calls calls,
        WebhookMeters meters,
        Consumer<String> gone) {
    /// The same, for who wants to be told himself of receivers that are gone.
    DeliveryServices telling(Consumer<String> told) {
        return new DeliveryServices(node, definitions, shelf, courier, calls, meters, told);
    }

    long now() {
        return node.clock().millis();
    }

    WebhookSettings.Limits limits() {
        return node.settings().limits();
    }
}
