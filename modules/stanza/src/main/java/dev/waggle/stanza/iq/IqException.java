package dev.waggle.stanza.iq;

import dev.waggle.stanza.field.Fields;
import dev.waggle.wire.node.Node;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The server refused a question.
public final class IqException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    public static final int NOT_FOUND = 404;

    private final int code;
    private final String text;
    private final @Nullable Duration backoff;

    public IqException(int code, String text, @Nullable Duration backoff) {
        super("iq: " + code + " " + (text.length() <= 64 ? text : text.substring(0, 64)) + " (expected: a result)");
        this.code = code;
        this.text = text;
        this.backoff = backoff;
    }

    static IqException of(Node reply) {
        Node error = reply.child("error");
        if (error == null) {
            return new IqException(0, "", null);
        }
        int backoff = Fields.count(error, "backoff", 0);
        return new IqException(
                Fields.count(error, "code", 0),
                error.attr("text", ""),
                backoff == 0 ? null : Duration.ofSeconds(backoff));
    }

    /// 400 bad request, 401 not authorised, 403 forbidden, 404 not found, 406 not acceptable, 429 too many, 5xx the
    /// server's fault; 0 when the server did not tell.
    public int code() {
        return code;
    }

    public String text() {
        return text;
    }

    /// How long the server wants us to wait, when it says so.
    public @Nullable Duration backoff() {
        return backoff;
    }

    /// True for a fault on the server's side.
    public boolean isTransient() {
        return code >= 500 || code == 429;
    }
}
