package dev.waggle.platform.account.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.media.FileFacts;
import dev.waggle.media.MediaType;
import dev.waggle.platform.port.Spool;
import dev.waggle.proto.journal.SpooledFile;
import dev.waggle.stanza.iq.QueryMediaHosts.MediaHosts;
import dev.waggle.transport.http.HttpBody;
import dev.waggle.transport.http.HttpExchange;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a spooled file to the hosts: one after the other, with the right to upload renewed once, and from where
/// an earlier attempt ended. Blocks.
final class Uploads {
    private static final Logger log = LoggerFactory.getLogger(Uploads.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Where it is now.
    record Place(String url, String directPath) {}

    private final MediaPorts ports;
    private final Hosts hosts;
    private final Exchanges exchanges;

    Uploads(MediaPorts ports, Hosts hosts, Exchanges exchanges) {
        this.ports = ports;
        this.hosts = hosts;
        this.exchanges = exchanges;
    }

    /// @throws TransferException `REFUSED` when every host refuses it for good, `UNREACHABLE` when a later attempt
    /// may succeed
    Place upload(Spool.Waiting file) throws IOException {
        MediaHosts refused = null;
        Tally tally = new Tally();
        for (int attempt = 0; attempt < 2; attempt++) {
            MediaHosts now = hosts.now(refused);
            Optional<Place> place = everywhere(file, now, tally);
            if (place.isPresent()) {
                return place.get();
            }
            if (!tally.unauthorised) {
                break;
            }
            refused = now;
        }
        throw tally.failure();
    }

    /// What came of the attempts so far.
    private static final class Tally {
        boolean unauthorised;
        boolean mayPass;
        String last = "no host was tried";

        TransferException failure() {
            boolean forGood = !mayPass && !unauthorised;
            return new TransferException(
                    forGood ? TransferException.Kind.REFUSED : TransferException.Kind.UNREACHABLE, "upload: " + last);
        }
    }

    private Optional<Place> everywhere(Spool.Waiting file, MediaHosts now, Tally tally) {
        tally.unauthorised = false;
        for (String host : now.names()) {
            try {
                Place place = to(host, file, now, tally);
                if (place != null) {
                    return Optional.of(place);
                }
                if (tally.unauthorised) {
                    return Optional.empty();
                }
            } catch (IOException e) {
                tally.mayPass = true;
                tally.last = host + ": " + e.getMessage();
            }
            log.debug("upload: {}", tally.last);
        }
        return Optional.empty();
    }

    private @Nullable Place to(String host, Spool.Waiting file, MediaHosts now, Tally tally) throws IOException {
        SpooledFile about = file.about();
        long whole = FileFacts.encryptedLength(about.getLength());
        String path = path(about, now.auth());
        long offset = 0;
        if (whole >= MediaSettings.RESUMED_FROM_BYTES) {
            Progress there = progress(host, path, whole);
            if (there.place() != null) {
                return there.place();
            }
            offset = there.bytes();
        }
        long from = offset;
        HttpBody body = new HttpBody.Streamed(
                whole - from, () -> ports.services().spool().encrypted(ports.account(), file.id(), from));
        String target = from == 0 ? path : path + "&file_offset=" + from;
        try (HttpExchange answer = exchanges.post(host, target, body)) {
            tally.last = host + ": status " + answer.status();
            if (answer.status() == 401 || answer.status() == 403) {
                tally.unauthorised = true;
                return null;
            }
            if (answer.status() >= 300) {
                tally.mayPass |= mayPass(answer.status());
                return null;
            }
            return place(JSON.readTree(answer.body()));
        }
    }

    /// Refusals of the request itself will not go away.
    private static boolean mayPass(int status) {
        return status < 400 || status == 404 || status == 408 || status == 429 || status >= 500;
    }

    private record Progress(long bytes, @Nullable Place place) {}

    /// How much of it is there. Whatever goes wrong here, a whole upload goes without.
    private Progress progress(String host, String path, long whole) {
        try (HttpExchange answer = exchanges.post(host, path + "&resume=1", HttpBody.NONE)) {
            if (answer.status() >= 300) {
                return new Progress(0, null);
            }
            JsonNode told = JSON.readTree(answer.body());
            String resume = told.path("resume").asText("");
            if (resume.equals("complete")) {
                return new Progress(0, place(told));
            }
            long bytes = Long.parseLong(resume);
            return new Progress(bytes > 0 && bytes < whole ? bytes : 0, null);
        } catch (IOException | NumberFormatException e) {
            return new Progress(0, null);
        }
    }

    private static Place place(JsonNode told) throws IOException {
        String url = told.path("url").asText("");
        String directPath = told.path("direct_path").asText("");
        if (!directPath.startsWith("/")) {
            throw new IOException("direct_path: " + directPath.length() + " characters (expected: a path)");
        }
        return new Place(url, directPath);
    }

    private static String path(SpooledFile about, String auth) {
        MediaType type = MediaType.of(about.getType());
        String token = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(about.getEncryptedSha256().toByteArray());
        return "/mms/" + type.path() + "/" + token + "?auth=" + URLEncoder.encode(auth, StandardCharsets.UTF_8)
                + "&token=" + token;
    }
}
