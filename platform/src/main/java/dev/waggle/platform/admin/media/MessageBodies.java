package dev.waggle.platform.admin.media;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.media.MediaType;
import dev.waggle.platform.admin.http.JsonBody;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.port.Spool;
import dev.waggle.proto.journal.SpooledFile;
import dev.waggle.proto.message.Message;
import dev.waggle.stanza.media.MediaContent;
import dev.waggle.stanza.media.MediaDraft;
import dev.waggle.transport.runtime.TaskRuntime;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What is to be sent, by its type: a text, or a file that was uploaded to the node before.
public final class MessageBodies {
    private static final Set<String> COMMON = Set.of("chat", "type", "sendAt");
    private static final Map<String, Set<String>> OWN = Map.of(
            "text", Set.of("text", "link", "thumbnail", "thumbnailMedia", "thumbnailWidth", "thumbnailHeight"),
            "image", Set.of("media", "mimetype", "caption", "thumbnail", "thumbnailMedia", "width", "height"),
            "video",
                    Set.of(
                            "media",
                            "mimetype",
                            "caption",
                            "thumbnail",
                            "thumbnailMedia",
                            "width",
                            "height",
                            "seconds",
                            "gif"),
            "audio", Set.of("media", "mimetype", "seconds"),
            "voice", Set.of("media", "mimetype", "seconds", "waveform"),
            "document",
                    Set.of(
                            "media",
                            "mimetype",
                            "caption",
                            "fileName",
                            "thumbnail",
                            "thumbnailMedia",
                            "thumbnailWidth",
                            "thumbnailHeight"),
            "sticker", Set.of("media", "mimetype", "thumbnail", "width", "height", "animated"));
    private static final List<String> TYPES =
            List.of("text", "image", "video", "audio", "voice", "document", "sticker");
    /// Every field that some type has.
    public static final Set<String> FIELDS = fields();

    static final int TEXT_MAX = 65_536;
    private static final int NAME_MAX = 255;
    private static final int WAVEFORM_BYTES_MAX = 64;
    private static final int SECONDS_MAX = 86_400;

    private final Spool spool;
    private final TaskRuntime runtime;

    /// @param content the serialized end-to-end message
    /// @param media the spooled file that it needs, or empty
    /// @param thumbnail the spooled thumbnail that it needs, or empty
    /// @param told everything that makes it this message and no other
    public record Sending(String type, String text, Bytes content, String media, String thumbnail, List<String> told) {}

    public MessageBodies(Spool spool, TaskRuntime runtime) {
        this.spool = spool;
        this.runtime = runtime;
    }

    private static Set<String> fields() {
        Set<String> all = new HashSet<>(COMMON);
        OWN.values().forEach(all::addAll);
        return Set.copyOf(all);
    }

    public CompletionStage<Sending> read(AccountId account, JsonBody body) {
        String type = body.oneOf("type", TYPES);
        Set<String> allowed = new HashSet<>(COMMON);
        allowed.addAll(Objects.requireNonNull(OWN.get(type)));
        body.only(allowed, "for type " + type);
        if (type.equals("text")) {
            TextAsked asked = TextAsked.of(body);
            return asked.thumbnail().media().isEmpty()
                    ? CompletableFuture.completedStage(asked.sending(null))
                    : runtime.spawn("file", () -> asked.sending(linkThumbnail(account, asked.thumbnail())))
                            .done();
        }
        Asked asked = asked(type, body);
        return runtime.spawn("file", () -> sending(account, asked)).done();
    }

    private Spool.Waiting linkThumbnail(AccountId account, ThumbnailAsked asked) throws IOException {
        return spool.as(account, asked.found(spool, account), MediaType.LINK_THUMBNAIL);
    }

    /// A file's message as it was asked for.
    private record Asked(
            String type,
            String media,
            String mimetype,
            MediaContent.Look look,
            ThumbnailAsked thumbnail,
            Bytes waveform) {
        List<String> told() {
            List<String> told = new ArrayList<>(List.of(type, media, mimetype, look.toString()));
            told.addAll(thumbnail.told());
            told.add(Base64.getEncoder().encodeToString(waveform.unsafeArray()));
            return told;
        }
    }

    private static Asked asked(String type, JsonBody body) {
        return new Asked(
                type,
                body.text("media", 1, 64),
                optional(body, "mimetype", NAME_MAX),
                new MediaContent.Look(
                        optional(body, "caption", TEXT_MAX),
                        optional(body, "fileName", NAME_MAX),
                        body.number("seconds", 0, SECONDS_MAX, 0),
                        body.number("width", 0, ThumbnailAsked.SIDE_MAX, 0),
                        body.number("height", 0, ThumbnailAsked.SIDE_MAX, 0),
                        body.flag("gif"),
                        body.flag("animated")),
                ThumbnailAsked.of(body),
                Bytes.wrap(body.base64("waveform", WAVEFORM_BYTES_MAX)));
    }

    private static String optional(JsonBody body, String field, int most) {
        String text = body.optionalText(field, 0, most);
        return text == null ? "" : text;
    }

    private Sending sending(AccountId account, Asked asked) throws IOException {
        Spool.Waiting found = spool.find(account, asked.media())
                .orElseThrow(() ->
                        Problem.MEDIA_NOT_FOUND.because("media", asked.media(), "the id of a file of this account"));
        MediaType type = MediaType.of(asked.type());
        Spool.Waiting file = spool.as(account, found, type);
        Message message = draft(asked, file.about()).message();
        Spool.Waiting small = null;
        if (!asked.thumbnail().media().isEmpty()) {
            small = spool.under(
                    account,
                    asked.thumbnail().found(spool, account),
                    MediaType.of(asked.type() + "-thumbnail"),
                    Bytes.wrap(file.about().getMediaKey().toByteArray()));
            message = asked.thumbnail().told(small.about()).in(message);
        }
        return new Sending(
                asked.type(),
                asked.look().caption(),
                Bytes.wrap(message.toByteArray()),
                file.id(),
                small == null ? "" : small.id(),
                asked.told());
    }

    private static MediaDraft draft(Asked asked, SpooledFile file) {
        MediaContent.Place place = new MediaContent.Place(
                "",
                "",
                Bytes.wrap(file.getMediaKey().toByteArray()),
                Bytes.wrap(file.getSha256().toByteArray()),
                Bytes.wrap(file.getEncryptedSha256().toByteArray()));
        MediaContent content = new MediaContent(
                asked.type(),
                asked.mimetype().isEmpty() ? file.getMimetype() : asked.mimetype(),
                place,
                file.getLength(),
                asked.look());
        return new MediaDraft(
                content,
                Instant.ofEpochMilli(file.getKeyAtMillis()),
                Bytes.wrap(file.getSidecar().toByteArray()),
                asked.thumbnail().inline(),
                asked.waveform());
    }
}
