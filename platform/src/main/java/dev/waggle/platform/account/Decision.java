package dev.waggle.platform.account;

import dev.waggle.proto.journal.Event;

/// What a state makes of a command: an event to journal, nothing to do, or a refusal. Values only; the actor
/// performs.
sealed interface Decision {
    record Persist(Event event) implements Decision {}

    record Nothing() implements Decision {}

    record Refuse(Refusal refusal) implements Decision {}

    static Decision persist(Event event) {
        return new Persist(event);
    }

    static Decision nothing() {
        return new Nothing();
    }

    static Decision refuse(Refusal.Code code, String detail) {
        return new Refuse(Refusal.of(code, detail));
    }
}
