package dev.waggle.platform.admin.http;

import java.util.Locale;
import java.util.Optional;

/// Every error that the API can answer with, and every reason that a send can fail with. The name in kebab case is
/// the stable code; `type` of a problem is `urn:waggle:problem:` and the code.
///
/// `retryable`: the same request, unchanged, may succeed later. `waCode`: the number that WhatsApp gave, 0 for
/// none.
public enum Problem {
    MALFORMED_REQUEST(400, false, "The request is not HTTP as it should be"),
    MALFORMED_JSON(400, false, "The body is not a JSON object"),
    UNKNOWN_FIELD(400, false, "The body has a field that means nothing here"),
    INVALID_VALUE(400, false, "A value breaks its rule"),
    IDEMPOTENCY_KEY_MISSING(400, false, "This request needs an Idempotency-Key header"),
    UNAUTHORIZED(401, false, "A valid API key is needed"),
    FORBIDDEN(403, false, "The API key does not reach so far"),
    ACCOUNT_RESTRICTED(403, false, "WhatsApp restricts the account", 463),
    ROUTE_NOT_FOUND(404, false, "There is no such route"),
    ACCOUNT_NOT_FOUND(404, false, "There is no such account"),
    PAIRING_NOT_FOUND(404, false, "There is no such pairing"),
    MESSAGE_NOT_FOUND(404, false, "There is no such message"),
    MEMBER_NOT_FOUND(404, false, "The cluster has no such member"),
    OPERATION_NOT_FOUND(404, false, "There is no such operation"),
    PLUGIN_NOT_FOUND(404, false, "There is no such plugin"),
    MEDIA_NOT_FOUND(404, false, "There is no such file"),
    WEBHOOK_NOT_FOUND(404, false, "There is no such webhook"),
    DEAD_LETTER_NOT_FOUND(404, false, "There is no such dead letter"),
    SECRET_NOT_FOUND(404, false, "The webhook has no such secret"),
    ACCOUNT_NOT_SELECTED(404, false, "The webhook selects no such account"),
    GROUP_NOT_FOUND(404, false, "WhatsApp shows the account no such group"),
    METHOD_NOT_ALLOWED(405, false, "The route does not know this method"),
    NOT_ACCEPTABLE(406, false, "The route has no form that the client accepts"),
    BODY_TOO_SLOW(408, true, "The body did not arrive in time"),
    ACCOUNT_NOT_PAIRED(409, false, "The account is not linked, or not connected where it must be"),
    ACCOUNT_ALREADY_PAIRED(409, false, "The account is linked already"),
    ACCOUNT_LOGGED_OUT(409, false, "The account was logged out"),
    PAIRING_IN_PROGRESS(409, true, "Another pairing of the account is open"),
    QR_NOT_SHOWN(409, true, "The pairing shows no QR code now"),
    STALE_STEP(409, false, "The step was taken already"),
    TOO_MANY_WEBHOOKS(409, false, "There are as many webhooks as there may be"),
    SEND_NOT_CANCELLABLE(409, false, "The send may have left already"),
    CANCELLED(409, false, "The send was taken back before it left"),
    PAIRING_EXPIRED(410, false, "The pairing is over"),
    EVENTS_EXPIRED(410, false, "Retention has removed some of these events"),
    MEDIA_GONE(410, false, "Nobody has the file any more"),
    BODY_TOO_LARGE(413, false, "The body is too large"),
    MEDIA_TOO_LARGE(413, false, "The file is larger than a file may be"),
    URI_TOO_LONG(414, false, "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, false, "The body is of a type that is not read here"),
    RANGE_NOT_SATISFIABLE(416, false, "The file has no such part"),
    IDEMPOTENCY_MISMATCH(422, false, "The Idempotency-Key was used for another request"),
    RECIPIENT_NOT_ON_WHATSAPP(422, false, "WhatsApp does not know the recipient"),
    NO_RECIPIENT_DEVICE(422, false, "No device of the recipient could be encrypted for"),
    MEDIA_REFUSED(422, false, "WhatsApp's media hosts refuse the file"),
    HEADERS_TOO_LARGE(431, false, "The headers are too large"),
    INTERNAL_ERROR(500, false, "The node made a mistake; its log has the request id"),
    METHOD_UNKNOWN(501, false, "The method is not known at all"),
    SERVER_REFUSED(502, false, "WhatsApp refused the message"),
    OUTCOME_UNKNOWN(502, false, "The link ended before WhatsApp answered"),
    MEDIA_BROKEN(502, false, "What the media hosts have is not the file that was sent"),
    MEDIA_UNREACHABLE(503, true, "No media host gives or takes the file now"),
    MEDIA_BUSY(503, true, "Too many files are under way"),
    TOO_MANY_SCHEDULED(503, true, "Too many sends wait for their time"),
    MAILBOX_FULL(503, true, "Too much is waiting"),
    TOO_MANY_STREAMS(503, true, "Too many event streams are open"),
    JOURNAL_UNAVAILABLE(503, true, "The outcome is unknown: repeat with the same key"),
    OTHER_BUILD(503, true, "Nodes of two builds run, and this needs both to be of one: repeat with the same key"),
    STORAGE_UNAVAILABLE(503, true, "The store is away or busy"),
    MEDIA_STORE_FULL(507, true, "The node has no room for the file"),
    STORAGE_FULL(507, true, "The store has no room left");

    private static final String TYPE = "urn:waggle:problem:";

    private final int status;
    private final boolean retryable;
    private final String title;
    private final int waCode;

    Problem(int status, boolean retryable, String title) {
        this(status, retryable, title, 0);
    }

    Problem(int status, boolean retryable, String title, int waCode) {
        this.status = status;
        this.retryable = retryable;
        this.title = title;
        this.waCode = waCode;
    }

    public static Optional<Problem> ofCode(String code) {
        for (Problem problem : values()) {
            if (problem.code().equals(code)) {
                return Optional.of(problem);
            }
        }
        return Optional.empty();
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String type() {
        return TYPE + code();
    }

    public int status() {
        return status;
    }

    public boolean retryable() {
        return retryable;
    }

    public String title() {
        return title;
    }

    public int waCode() {
        return waCode;
    }

    public ProblemException because(String detail) {
        return new ProblemException(this, detail);
    }

    /// The form of every "this value breaks its rule": `name: value (expected: rule)`.
    public ProblemException because(String name, String value, String rule) {
        return new ProblemException(this, name + ": " + Shown.of(value) + " (expected: " + rule + ")");
    }
}
