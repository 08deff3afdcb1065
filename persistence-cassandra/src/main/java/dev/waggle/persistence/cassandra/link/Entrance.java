package dev.waggle.persistence.cassandra.link;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.ConnectionInitException;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Why nobody let us in, in words by which an operator knows which setting to look at. The driver keeps what each
/// node said in a list behind a sentence of its own.
final class Entrance {
    private static final String OPTION = "waggle.storage.cassandra.";

    private Entrance() {}

    /// Never holds a password: the driver's own messages name users and addresses.
    static StoreException refused(CassandraSettings settings, Throwable failure) {
        List<Throwable> said = new ArrayList<>();
        gather(failure, said, 0);
        AuthenticationException login = first(said, AuthenticationException.class);
        if (login != null) {
            return new StoreException(Code.STORAGE_REFUSED, login(settings, login), failure);
        }
        SSLException tls = first(said, SSLException.class);
        if (tls != null) {
            return new StoreException(
                    Code.STORAGE_REFUSED,
                    "the certificate of " + settings.contactPoints() + " is not one that " + OPTION + "trust-file ("
                            + settings.trustFile() + ") stands for, or it does not speak TLS: " + tls.getMessage(),
                    failure);
        }
        boolean silent = settings.trustFile() == null
                && (first(said, ClosedConnectionException.class) != null
                        || first(said, ConnectionInitException.class) != null);
        if (silent) {
            return new StoreException(
                    Code.STORAGE_UNAVAILABLE,
                    settings.contactPoints() + " closed the connection or did not understand: where Cassandra speaks"
                            + " TLS only, " + OPTION + "trust-file must be set",
                    failure);
        }
        return CqlErrors.of(failure);
    }

    private static String login(CassandraSettings settings, AuthenticationException why) {
        var login = settings.login();
        return login == null
                ? "Cassandra wants a login (expected: " + OPTION + "user and " + OPTION + "password)"
                : "Cassandra does not let " + login.user() + " in (" + OPTION + "user, " + OPTION + "password): "
                        + why.getMessage();
    }

    private static void gather(@Nullable Throwable failure, List<Throwable> into, int depth) {
        if (failure == null || depth > 10) {
            return;
        }
        into.add(failure);
        gather(failure.getCause(), into, depth + 1);
        if (failure instanceof AllNodesFailedException all) {
            all.getAllErrors().values().forEach(errors -> errors.forEach(error -> gather(error, into, depth + 1)));
        }
    }

    private static <T> @Nullable T first(List<Throwable> said, Class<T> kind) {
        return said.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElse(null);
    }
}
