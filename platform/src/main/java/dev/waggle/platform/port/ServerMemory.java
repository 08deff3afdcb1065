package dev.waggle.platform.port;

import dev.waggle.address.Bytes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What one account knows of the server from earlier connections. A shortcut, never a need: what is lost is learned
/// again with the next greeting.
public interface ServerMemory {
    /// @param chain the certificate chain that the server showed last, serialized; empty: none
    /// @param routingInfo what the server wants to see in front of the next connection; empty: nothing
    record Known(Bytes chain, Bytes routingInfo) {
        public static final Known NOTHING = new Known(Bytes.EMPTY, Bytes.EMPTY);
    }

    /// Remembers nothing: for connections before there is an account.
    ServerMemory NONE = new ServerMemory() {
        @Override
        public CompletionStage<Known> recall() {
            return CompletableFuture.completedStage(Known.NOTHING);
        }

        @Override
        public void chain(Bytes chain) {
            // Nobody to keep it for.
        }

        @Override
        public void routing(Bytes routingInfo) {
            // Nobody to keep it for.
        }
    };

    /// Fails as the stores fail.
    CompletionStage<Known> recall();

    /// Keeps a chain that was verified; empty forgets it.
    void chain(Bytes chain);

    /// Keeps what the server wants to see; empty forgets it.
    void routing(Bytes routingInfo);
}
