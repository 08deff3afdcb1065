package dev.waggle.platform.admin.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.platform.admin.http.Json;
import dev.waggle.platform.port.Spool;
import dev.waggle.proto.journal.LinkBody;
import dev.waggle.proto.journal.MediaBody;
import dev.waggle.proto.journal.SpooledFile;
import dev.waggle.proto.journal.ThumbnailBody;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A file as it reads from outside: never how it is opened.
public final class MediaForm {
    private MediaForm() {}

    /// As its sender described it.
    static ObjectNode of(MediaBody body) {
        return Json.object()
                .put("mimetype", Forms.orNull(body.getMimetype()))
                .put("length", body.getLength() < 0 ? null : Long.valueOf(body.getLength()))
                .put("sha256", HexFormat.of().formatHex(body.getSha256().toByteArray()))
                .put("caption", Forms.orNull(body.getCaption()))
                .put("fileName", Forms.orNull(body.getFileName()))
                .put("seconds", orNull(body.getSeconds()))
                .put("width", orNull(body.getWidth()))
                .put("height", orNull(body.getHeight()))
                .put("gif", body.getGif())
                .put("animated", body.getAnimated());
    }

    /// As its sender described it.
    static ObjectNode of(ThumbnailBody body) {
        return Json.object()
                .put("sha256", HexFormat.of().formatHex(body.getSha256().toByteArray()))
                .put("width", orNull(body.getWidth()))
                .put("height", orNull(body.getHeight()));
    }

    static ObjectNode of(LinkBody body) {
        return Json.object()
                .put("url", body.getUrl())
                .put("title", Forms.orNull(body.getTitle()))
                .put("description", Forms.orNull(body.getDescription()));
    }

    private static @Nullable Integer orNull(int number) {
        return number == 0 ? null : Integer.valueOf(number);
    }

    /// A file that waits to be sent.
    public static ObjectNode of(Spool.Waiting file) {
        SpooledFile about = file.about();
        return Json.object()
                .put("id", file.id())
                .put("type", about.getType())
                .put("mimetype", about.getMimetype())
                .put("length", about.getLength())
                .put("sha256", HexFormat.of().formatHex(about.getSha256().toByteArray()))
                .put("storedAt", Forms.time(about.getAtMillis()));
    }
}
