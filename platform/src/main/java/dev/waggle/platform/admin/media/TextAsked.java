package dev.waggle.platform.admin.media;

import dev.waggle.address.Bytes;
import dev.waggle.platform.admin.http.JsonBody;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.port.Spool;
import dev.waggle.proto.message.Message;
import dev.waggle.stanza.media.LinkPreview;
import dev.waggle.stanza.message.MessageContent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A text as it was asked for, with the preview of a link in it when there is to be one.
record TextAsked(String text, @Nullable LinkPreview link, ThumbnailAsked thumbnail) {
    private static final Set<String> LINK = Set.of("url", "title", "description");
    private static final int LINK_TEXT_MAX = 4_096;

    static TextAsked of(JsonBody body) {
        String text = body.text("text", 1, MessageBodies.TEXT_MAX);
        Map<String, String> link = body.optionalMap("link", LINK.size(), LINK_TEXT_MAX);
        ThumbnailAsked thumbnail = ThumbnailAsked.of(body);
        if (link == null && !thumbnail.isEmpty()) {
            throw Problem.INVALID_VALUE
                    .because("thumbnail", "given", "none without a link")
                    .with("field", "thumbnail");
        }
        return new TextAsked(text, link == null ? null : preview(text, link), thumbnail);
    }

    private static LinkPreview preview(String text, Map<String, String> link) {
        if (!LINK.containsAll(link.keySet())) {
            throw Problem.INVALID_VALUE.because("link", link.keySet().toString(), "url, title, description");
        }
        String url = link.getOrDefault("url", "");
        if (url.isEmpty() || !text.contains(url)) {
            throw Problem.INVALID_VALUE
                    .because("link.url", url, "a link as it stands in the text")
                    .with("field", "link.url");
        }
        String title = link.getOrDefault("title", "");
        if (title.isBlank()) {
            throw Problem.INVALID_VALUE
                    .because("link.title", title, "what the preview is headed with")
                    .with("field", "link.title");
        }
        return new LinkPreview(url, title, link.getOrDefault("description", ""));
    }

    /// @param file the spooled thumbnail; null when there is none
    MessageBodies.Sending sending(Spool.@Nullable Waiting file) {
        LinkPreview shown = link;
        if (shown == null) {
            return new MessageBodies.Sending("text", text, MessageContent.text(text), "", "", List.of("text", text));
        }
        Message message = shown.message(text, thumbnail.inline());
        if (file != null) {
            message = thumbnail
                    .told(file.about())
                    .in(message, Instant.ofEpochMilli(file.about().getKeyAtMillis()));
        }
        List<String> told = new ArrayList<>(List.of("text", text, shown.toString()));
        told.addAll(thumbnail.told());
        return new MessageBodies.Sending(
                "text", text, Bytes.wrap(message.toByteArray()), "", file == null ? "" : file.id(), told);
    }
}
