package dev.waggle.simulator.media;

import java.nio.charset.StandardCharsets;

/// A small answer of a host.
@SuppressWarnings("ArrayRecordComponent")
record MediaReply(int status, String contentType, byte[] body) {
    static MediaReply status(int status) {
        return new MediaReply(status, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
    }

    static MediaReply json(String text) {
        return new MediaReply(200, "application/json", text.getBytes(StandardCharsets.UTF_8));
    }
}
