package dev.waggle.simulator.server;

import java.util.concurrent.CompletionStage;

/// Answers every request that is not the upgrade of `/ws/chat`.
public interface HttpService {
    /// Must not block. A failed stage becomes 500.
    CompletionStage<HttpReply> answer(HttpQuestion question);
}
