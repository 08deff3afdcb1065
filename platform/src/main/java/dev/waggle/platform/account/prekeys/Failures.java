package dev.waggle.platform.account.prekeys;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// What a stage failed with, out of its wrapping.
final class Failures {
    private Failures() {}

    static @Nullable Throwable cause(@Nullable Throwable failure) {
        Throwable why = failure;
        while (why instanceof CompletionException && why.getCause() != null) {
            why = why.getCause();
        }
        return why;
    }
}
