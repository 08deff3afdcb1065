package dev.waggle.persistence.cassandra.link;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// Every failure of the driver as a [StoreException]. What was not answered in time may have happened.
public final class CqlErrors {
    private CqlErrors() {}

    public static StoreException of(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof StoreException known ? known : new StoreException(code(cause), told(cause), cause);
    }

    private static Code code(Throwable cause) {
        return switch (cause) {
            case RequestThrottlingException busy -> Code.STORAGE_BUSY;
            // Beyond a limit of the server, not allowed, or not a statement: again would be the same.
            case QueryValidationException refused -> Code.STORAGE_REFUSED;
            case AuthenticationException refused -> Code.STORAGE_REFUSED;
            default -> Code.STORAGE_UNAVAILABLE;
        };
    }

    /// Never a value: messages of the driver name nodes, consistency levels and counts.
    private static String told(Throwable cause) {
        String kind = cause.getClass().getSimpleName();
        return cause instanceof DriverException ? kind + ": " + cause.getMessage() : kind;
    }

    /// Waits, on a thread of ours.
    ///
    /// @throws StoreException when it failed
    public static <T> T join(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException | CancellationException e) {
            throw of(e);
        }
    }
}
