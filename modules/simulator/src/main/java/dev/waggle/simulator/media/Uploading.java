package dev.waggle.simulator.media;

import dev.waggle.address.Jid;
import dev.waggle.simulator.fault.Fault;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One upload, from its head to its last byte: `POST
/// /mms/TYPE/TOKEN?auth=…&token=TOKEN[&file_offset=N][&resume=1]`.
final class Uploading {
    private static final Set<String> TYPES = Set.of(
            "image",
            "video",
            "audio",
            "document",
            "md-msg-hist",
            "md-app-state",
            "thumbnail-link",
            "thumbnail-image",
            "thumbnail-video",
            "thumbnail-document",
            "sticker-pack",
            "ptt",
            "sticker");

    /// Where a rule that was broken is written down.
    @FunctionalInterface
    interface Complaints {
        void violation(String rule, Jid device, String detail);
    }

    private final MediaShelf shelf;
    private final Complaints complaints;
    private final Jid device;
    private final String token;
    private final long cutAfter;
    private long taken;

    private Uploading(MediaShelf shelf, Complaints complaints, Jid device, String token, long cutAfter) {
        this.shelf = shelf;
        this.complaints = complaints;
        this.device = device;
        this.token = token;
        this.cutAfter = cutAfter;
    }

    /// What a head leads to.
    sealed interface Begun {
        /// The body is wanted.
        record Wanted(Uploading upload) implements Begun {}

        record Answer(MediaReply reply) implements Begun {}
    }

    /// @param length the announced length of the body, below 0 when there is none
    static Begun begin(
            MediaShelf shelf,
            Complaints complaints,
            QueryStringDecoder uri,
            long length,
            Optional<Fault> status,
            Optional<Fault> cut) {
        if (status.isPresent()) {
            return new Begun.Answer(MediaReply.status(status.get().code()));
        }
        String[] path = uri.path().split("/", -1);
        String token = path.length == 4 ? bare(path[3]) : "";
        Optional<Jid> device = shelf.authorised(value(uri, "auth"));
        if (device.isEmpty()) {
            return new Begun.Answer(MediaReply.status(401));
        }
        Jid who = device.get();
        if (token.isEmpty()
                || !TYPES.contains(path[2])
                || !bare(value(uri, "token")).equals(token)) {
            complaints.violation(
                    "media-address", who, "another (expected: /mms/TYPE/TOKEN with the token in its query)");
            return new Begun.Answer(MediaReply.status(400));
        }
        if (value(uri, "resume").equals("1")) {
            return new Begun.Answer(progress(shelf, token));
        }
        if (length < 0) {
            complaints.violation("media-length", who, "chunked (expected: an exact Content-Length)");
            return new Begun.Answer(MediaReply.status(411));
        }
        long offset = offset(value(uri, "file_offset"));
        if (offset < 0 || !shelf.begin(token, offset)) {
            complaints.violation("media-offset", who, offset + " (expected: " + shelf.arrived(token) + ")");
            return new Begun.Answer(MediaReply.status(400));
        }
        long most = cut.map(fault -> (long) fault.after()).orElse(Long.MAX_VALUE);
        return new Begun.Wanted(new Uploading(shelf, complaints, who, token, most));
    }

    private static MediaReply progress(MediaShelf shelf, String token) {
        return shelf.complete(token)
                .map(place -> MediaReply.json("{\"resume\":\"complete\",\"url\":\"" + place.url()
                        + "\",\"direct_path\":\"" + place.directPath() + "\"}"))
                .orElseGet(() -> MediaReply.json("{\"resume\":\"" + shelf.arrived(token) + "\"}"));
    }

    private static String bare(String token) {
        return token.replace("=", "");
    }

    private static String value(QueryStringDecoder uri, String name) {
        List<String> values = uri.parameters().getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }

    private static long offset(String text) {
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /// @return false when the connection is to be cut here
    boolean take(byte[] bytes) {
        long room = cutAfter - taken;
        if (bytes.length > room) {
            byte[] head = new byte[(int) room];
            System.arraycopy(bytes, 0, head, 0, head.length);
            shelf.append(token, head);
            return false;
        }
        shelf.append(token, bytes);
        taken += bytes.length;
        return true;
    }

    MediaReply finish() {
        try {
            MediaShelf.Place place = shelf.finish(token);
            return MediaReply.json("{\"url\":\"" + place.url() + "\",\"direct_path\":\"" + place.directPath() + "\"}");
        } catch (MediaShelf.Refused e) {
            complaints.violation(e.rule(), device, String.valueOf(e.getMessage()));
            return MediaReply.status(400);
        }
    }
}
