package dev.waggle.platform.port;

import dev.waggle.stanza.iq.Iq;
import dev.waggle.wire.node.Node;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// One authenticated connection, from login to its end. Whoever holds a line of an ended connection gets failures,
/// never the next connection's socket: that is what makes generation counters unnecessary.
///
/// All methods may be called from any thread.
public interface Line {
    /// For logs; unique per process.
    long connectionId();

    /// Queues the stanza in call order and completes once the socket took it.
    ///
    /// Fails with [LineException] when the connection has ended or its outbound limit is reached. Completion does
    /// not promise that the server has it: only an ack or a receipt does.
    CompletionStage<Done> write(Node stanza);

    /// Sends a question and completes with the answer read by the question itself.
    ///
    /// Fails with [LineException] (ended, timed out) or with the question's own `IqException`.
    <A> CompletionStage<A> ask(Iq<A> question);

    /// Returns credit for stanzas taken with [Received]; until it is returned the socket is read no further than
    /// the limit.
    void settled(int stanzas);
}
