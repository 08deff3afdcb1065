package dev.waggle.platform.account.inbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// One queue per chat, one step of each at a time: what a chat's members said keeps its order, chats do not wait
/// for each other. Used from one thread only; bounded by the credit that the line gives.
final class Lanes {
    /// Work whose stage completes when the chat's next stanza may begin.
    interface Work extends Supplier<CompletionStage<?>> {}

    private final Map<String, Deque<Work>> lanes = new HashMap<>();
    private final java.util.function.BiConsumer<CompletionStage<?>, Runnable> whenDone;

    /// @param whenDone runs the action in the owner's thread once the stage is complete, well or not
    Lanes(java.util.function.BiConsumer<CompletionStage<?>, Runnable> whenDone) {
        this.whenDone = whenDone;
    }

    void add(String lane, Work work) {
        Deque<Work> queue = lanes.computeIfAbsent(lane, _ -> new ArrayDeque<>());
        queue.add(work);
        if (queue.size() == 1) {
            run(lane, queue);
        }
    }

    private void run(String lane, Deque<Work> queue) {
        whenDone.accept(queue.peekFirst().get(), () -> {
            queue.pollFirst();
            if (queue.isEmpty()) {
                lanes.remove(lane);
            } else {
                run(lane, queue);
            }
        });
    }

    int size() {
        return lanes.size();
    }
}
