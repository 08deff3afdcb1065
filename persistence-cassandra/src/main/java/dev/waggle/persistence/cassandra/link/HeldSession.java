package dev.waggle.persistence.cassandra.link;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metrics.Metrics;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.api.core.type.reflect.GenericType;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The shared session in the hands of one user: closing it lets go, and ends it only for that one.
final class HeldSession implements CqlSession {
    private final Link link;
    private final CqlSession session;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

    HeldSession(Link link) {
        this.link = link;
        this.session = link.session();
    }

    @Override
    public <R extends Request, T> @Nullable T execute(R request, GenericType<T> result) {
        return session.execute(request, result);
    }

    @Override
    public String getName() {
        return session.getName();
    }

    @Override
    public Metadata getMetadata() {
        return session.getMetadata();
    }

    @Override
    public boolean isSchemaMetadataEnabled() {
        return session.isSchemaMetadataEnabled();
    }

    @Override
    public CompletionStage<Metadata> setSchemaMetadataEnabled(@Nullable Boolean enabled) {
        return session.setSchemaMetadataEnabled(enabled);
    }

    @Override
    public CompletionStage<Metadata> refreshSchemaAsync() {
        return session.refreshSchemaAsync();
    }

    @Override
    public CompletionStage<Boolean> checkSchemaAgreementAsync() {
        return session.checkSchemaAgreementAsync();
    }

    @Override
    public DriverContext getContext() {
        return session.getContext();
    }

    @Override
    public Optional<CqlIdentifier> getKeyspace() {
        return session.getKeyspace();
    }

    @Override
    public Optional<Metrics> getMetrics() {
        return session.getMetrics();
    }

    @Override
    public CompletionStage<Void> closeFuture() {
        return closed;
    }

    @Override
    public CompletionStage<Void> closeAsync() {
        if (open.compareAndSet(true, false)) {
            // Away from the caller's thread, which may be one of the driver's: the last one waits for the end.
            Thread.ofVirtual().start(() -> {
                link.close();
                closed.complete(null);
            });
        }
        return closed;
    }

    @Override
    public CompletionStage<Void> forceCloseAsync() {
        return closeAsync();
    }
}
