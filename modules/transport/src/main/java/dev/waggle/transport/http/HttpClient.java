package dev.waggle.transport.http;

import java.util.concurrent.CompletionStage;

/// Makes HTTP/1.1 exchanges. Thread-safe; one per process. An exchange that completed is a success, whatever its
/// status; one that did not fails with an [HttpException].
public interface HttpClient extends AutoCloseable {
    /// Completes when the head of the answer is there. Its body is read by the caller, at the caller's pace, on a
    /// thread that may block; a request body is read on such a thread, too.
    CompletionStage<HttpExchange> execute(HttpCall call);

    /// Ends what is under way and lets go of threads and idle connections.
    @Override
    void close();
}
