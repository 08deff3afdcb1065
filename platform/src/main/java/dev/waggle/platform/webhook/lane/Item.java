package dev.waggle.platform.webhook.lane;

import dev.waggle.platform.port.webhook.Ordering;
import dev.waggle.proto.journal.PublicEvent;

/// One event in its lane.
public record Item(String lane, PublicEvent event) {
    public static Item of(Ordering ordering, PublicEvent event) {
        return new Item(ordering == Ordering.ACCOUNT ? "" : chat(event), event);
    }

    public long sequence() {
        return event.getSequence();
    }

    public long atMillis() {
        return event.getAtMillis();
    }

    /// Empty for an event that belongs to no chat.
    private static String chat(PublicEvent event) {
        return switch (event.getBodyCase()) {
            case MESSAGE -> event.getMessage().getChat().getJid();
            case PROGRESS -> event.getProgress().getChat().getJid();
            case UNDECRYPTABLE -> event.getUndecryptable().getChat().getJid();
            case ACCOUNT_STATE, BODY_NOT_SET -> "";
        };
    }
}
