package dev.waggle.platform.admin.media;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.MessageId;
import dev.waggle.media.FileFacts;
import dev.waggle.media.MediaKeys;
import dev.waggle.media.MediaType;
import dev.waggle.media.SliceStream;
import dev.waggle.platform.admin.form.MediaForm;
import dev.waggle.platform.admin.http.ByteRange;
import dev.waggle.platform.admin.http.Call;
import dev.waggle.platform.admin.http.Json;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.admin.http.Replies;
import dev.waggle.platform.admin.http.Route;
import dev.waggle.platform.port.Spool;
import dev.waggle.proto.journal.MediaFile;
import dev.waggle.transport.runtime.TaskRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.StreamConverters;

/// Files: taken before they are sent, given when they came with a message. Bodies pass in pieces.
public final class MediaRoutes {
    private static final String ACCOUNT = "/v1/accounts/{account}";
    /// Below the time after which the server drops a connection on which nothing happens.
    private static final Duration FETCH_MAX = Duration.ofSeconds(45);
    private static final Duration TRANSFER_MAX = Duration.ofMinutes(30);
    private static final int PIECE_BYTES = 64 * 1024;
    private static final List<String> TYPES = List.of("image", "video", "audio", "voice", "document", "sticker");

    private final Spool spool;
    private final Accounts accounts;
    private final TaskRuntime runtime;

    /// What is asked of accounts; refusals are failures that the room knows.
    public interface Accounts {
        /// Whether the account that the path names is linked.
        CompletionStage<Boolean> linked(Call call);

        /// Completes when the file of a message, or its thumbnail, is in the spool; fails with a `TimeoutException`
        /// after `most`.
        CompletionStage<MediaFile> fetch(AccountId account, MessageId message, boolean thumbnail, Duration most);
    }

    public MediaRoutes(Spool spool, Accounts accounts, TaskRuntime runtime) {
        this.spool = spool;
        this.accounts = accounts;
        this.runtime = runtime;
    }

    public List<Route> routes() {
        return List.of(
                Route.post(ACCOUNT + "/media", this::take).query("type").within(TRANSFER_MAX),
                Route.get(ACCOUNT + "/messages/{message}/media", call -> give(call, false))
                        .forms("*/*", "application/json")
                        .within(TRANSFER_MAX),
                Route.get(ACCOUNT + "/messages/{message}/thumbnail", call -> give(call, true))
                        .forms("*/*", "application/json")
                        .within(TRANSFER_MAX));
    }

    private CompletionStage<HttpResponse> take(Call call) {
        AccountId account = new AccountId(call.value("account"));
        String mimetype = call.request().entity().getContentType().toString();
        String told = call.query().text("type");
        MediaType type = type(told == null ? "" : told, mimetype);
        return accounts.linked(call).thenCompose(linked -> {
            if (!linked) {
                throw Problem.ACCOUNT_NOT_PAIRED.because("pair the account first: its files are sealed for it");
            }
            return runtime.spawn("file", () -> taken(account, type, mimetype, call))
                    .done();
        });
    }

    private HttpResponse taken(AccountId account, MediaType type, String mimetype, Call call) throws IOException {
        try (InputStream file = call.stream()) {
            Spool.Waiting waiting = spool.take(account, type, mimetype, file, call.announcedLength());
            return Replies.json(201, MediaForm.of(waiting));
        }
    }

    /// What a file is meant as, when nobody says so, follows from what it is.
    private static MediaType type(String told, String mimetype) {
        if (!told.isEmpty()) {
            if (!TYPES.contains(told)) {
                throw Problem.INVALID_VALUE.because("type", told, "one of " + TYPES);
            }
            return MediaType.of(told);
        }
        return switch (mimetype.substring(0, Math.max(0, mimetype.indexOf('/')))) {
            case "image" -> MediaType.IMAGE;
            case "video" -> MediaType.VIDEO;
            case "audio" -> MediaType.AUDIO;
            default -> MediaType.DOCUMENT;
        };
    }

    private CompletionStage<HttpResponse> give(Call call, boolean thumbnail) {
        AccountId account = new AccountId(call.value("account"));
        MessageId message = new MessageId(call.value("message"));
        return accounts.fetch(account, message, thumbnail, FETCH_MAX)
                .thenApply(file -> response(account, file, call))
                .exceptionallyCompose(failure -> timedOut(failure)
                        ? CompletableFuture.completedStage(pending())
                        : CompletableFuture.failedStage(failure));
    }

    private static boolean timedOut(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof TimeoutException;
    }

    /// It goes on without the client, who asks again.
    private static HttpResponse pending() {
        return Replies.with(Replies.json(202, Json.object().put("state", "FETCHING")), "Retry-After", "5");
    }

    private HttpResponse response(AccountId account, MediaFile file, Call call) {
        Bytes hash = Bytes.wrap(file.getEncryptedSha256().toByteArray());
        long length = length(account, file, hash);
        ByteRange range = ByteRange.of(call.header("Range").orElse(""), length);
        HttpResponse response = HttpResponse.create()
                .withStatus(range.whole(length) ? 200 : 206)
                .withEntity(
                        range.length() == 0
                                ? HttpEntities.create(contentType(file.getMimetype()), new byte[0])
                                : HttpEntities.create(
                                        contentType(file.getMimetype()),
                                        range.length(),
                                        StreamConverters.fromInputStream(
                                                () -> part(account, file, hash, range), PIECE_BYTES)));
        HttpResponse ranged = Replies.with(response, "Accept-Ranges", "bytes");
        return range.whole(length)
                ? ranged
                : Replies.with(ranged, "Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + length);
    }

    /// What its message does not tell is what is there: the padding is between 1 and 16 bytes, and only the last
    /// block knows.
    private long length(AccountId account, MediaFile file, Bytes hash) {
        if (file.getLength() >= 0) {
            return file.getLength();
        }
        try (InputStream whole = new dev.waggle.media.DecryptingStream(
                spool.fetched(account, hash, 0),
                keys(file),
                new FileFacts(Bytes.wrap(file.getSha256().toByteArray()), hash, -1))) {
            return whole.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private InputStream part(AccountId account, MediaFile file, Bytes hash, ByteRange range) throws IOException {
        InputStream encrypted = spool.fetched(account, hash, SliceStream.begin(range.first()));
        return new SliceStream(encrypted, keys(file), range.first(), range.length());
    }

    private static MediaKeys keys(MediaFile file) throws IOException {
        return MediaKeys.derive(Bytes.wrap(file.getMediaKey().toByteArray()), MediaType.of(file.getType()));
    }

    /// The sender wrote it: what is no media type is none.
    private static ContentType contentType(String mimetype) {
        try {
            return ContentTypes.parse(mimetype);
        } catch (IllegalArgumentException e) {
            return ContentTypes.APPLICATION_OCTET_STREAM;
        }
    }
}
