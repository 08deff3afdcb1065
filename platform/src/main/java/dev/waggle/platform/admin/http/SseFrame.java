package dev.waggle.platform.admin.http;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.pekko.util.ByteString;

/// One event of a `text/event-stream`. `data` is JSON on one line, so that no frame can break another.
public record SseFrame(String id, String event, JsonNode data) {
    /// A comment: readers ignore it, but it shows that the stream lives.
    public static final ByteString HEARTBEAT = ByteString.fromString(": heartbeat\n\n");

    /// The first frame: how long a reader should wait before it comes again.
    public static final ByteString OPENING = ByteString.fromString("retry: 1000\n\n");

    /// The last frame of a stream that cannot go on.
    public static SseFrame problem(ProblemException failed) {
        return new SseFrame("", "problem", Replies.body(failed, "", ""));
    }

    /// A frame with an empty `id` leaves the reader's last id as it is.
    public ByteString bytes() {
        String head = (id.isEmpty() ? "" : "id: " + id + "\n") + "event: " + event + "\ndata: ";
        return ByteString.fromString(head).concat(Json.bytes(data)).concat(ByteString.fromString("\n\n"));
    }
}
