package dev.waggle.platform.account.connection;

import dev.waggle.noise.FrameCipher;
import dev.waggle.platform.port.LineException;
import dev.waggle.platform.port.tenure.Tenure;
import dev.waggle.transport.Transport;
import dev.waggle.wire.frame.Frames;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeWriter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/// The way out of one link. A sealed frame that cannot be written ends the connection: its counter is spent, the
/// server waits for it.
final class Outlet {
    private final Tenure tenure;
    private final Consumer<String> unwritable;
    private @Nullable Transport transport;
    private @Nullable FrameCipher cipher;

    /// @param tenure without it nothing is written
    /// @param unwritable called in any thread, with the reason
    Outlet(Tenure tenure, Consumer<String> unwritable) {
        this.tenure = tenure;
        this.unwritable = unwritable;
    }

    void opened(Transport open) {
        transport = open;
    }

    void secured(FrameCipher agreed) {
        cipher = agreed;
    }

    /// What opens the other side's frames, once both are secured.
    @Nullable
    FrameCipher cipher() {
        return cipher;
    }

    /// Nothing was said for a while: memory that only traffic needs is let go.
    void rest() {
        FrameCipher now = cipher;
        if (now != null) {
            now.rest();
        }
    }

    void write(Node node, CompletableFuture<Done> written) {
        FrameCipher now = cipher;
        if (now == null) {
            written.completeExceptionally(LinkLine.over());
        } else {
            raw(Frames.frame(now.seal(NodeWriter.write(node))), written);
        }
    }

    void raw(byte[] bytes, CompletableFuture<Done> written) {
        Transport now = transport;
        if (now == null) {
            written.completeExceptionally(LinkLine.over());
            return;
        }
        if (!tenure.held()) {
            written.completeExceptionally(LinkLine.over());
            unwritable.accept("the lease of the account's shard is over");
            return;
        }
        var _ = now.send(bytes).whenComplete((sent, failure) -> {
            if (failure == null) {
                written.complete(Done.getInstance());
            } else {
                written.completeExceptionally(
                        new LineException(LineException.Kind.ENDED, String.valueOf(failure.getMessage())));
                unwritable.accept("a frame could not be written");
            }
        });
    }

    void close() {
        Transport now = transport;
        if (now != null) {
            now.disconnect();
        }
    }
}
