package dev.waggle.platform.account;

/// A command's answer: the thing asked for, or a [Refusal].
public sealed interface Answer<T> {
    record Granted<T>(T value) implements Answer<T> {}

    record Refused<T>(Refusal refusal) implements Answer<T> {}

    static <T> Answer<T> of(T value) {
        return new Granted<>(value);
    }

    static <T> Answer<T> refuse(Refusal.Code code, String detail) {
        return new Refused<>(Refusal.of(code, detail));
    }
}
