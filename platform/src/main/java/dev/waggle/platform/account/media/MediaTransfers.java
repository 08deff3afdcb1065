package dev.waggle.platform.account.media;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.media.MediaType;
import dev.waggle.platform.port.Attachments;
import dev.waggle.platform.port.ContactException;
import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.MediaRecords;
import dev.waggle.platform.port.Recordable;
import dev.waggle.platform.port.Spool;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.journal.MediaFile;
import dev.waggle.proto.message.Message;
import dev.waggle.stanza.iq.QueryMediaHosts.MediaHosts;
import dev.waggle.stanza.media.MediaDraft;
import dev.waggle.stanza.media.Thumbnail;
import dev.waggle.stanza.notification.Content;
import dev.waggle.storage.row.MediaRow;
import dev.waggle.storage.row.MessageKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The files of one account, both ways. What waits does so on threads that may. Thread-safe.
public final class MediaTransfers implements Attachments {
    private final MediaPorts ports;
    private final Hosts hosts;
    private final Uploads uploads;
    private final Downloads downloads;
    private final PhoneRequests phone;
    /// Spooled files that open sends need, by how many.
    private final Map<String, Integer> open = new ConcurrentHashMap<>();
    private final Map<String, List<String>> openMedia = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Message>> placing = new ConcurrentHashMap<>();
    private final Map<Bytes, CompletableFuture<MediaFile>> fetching = new ConcurrentHashMap<>();

    public MediaTransfers(MediaPorts ports) {
        this.ports = ports;
        Exchanges exchanges = new Exchanges(
                ports.services().http(), ports.egress(), ports.services().settings());
        hosts = new Hosts(ports.clock());
        uploads = new Uploads(ports, hosts, exchanges);
        downloads = new Downloads(ports, exchanges);
        phone = new PhoneRequests(ports, hosts);
        ports.services().spool().watch(ports.account(), open::containsKey);
    }

    public void lineUp(Line line) {
        hosts.lineUp(line);
    }

    public void lineDown() {
        hosts.lineDown();
    }

    public void stop() {
        hosts.lineDown();
        ports.services().spool().unwatch(ports.account());
    }

    /// The send is journaled: from now on its files are needed.
    public void accepted(Intent intent) {
        List<String> needed = files(intent);
        if (!needed.isEmpty() && openMedia.put(intent.getMessageId(), needed) == null) {
            needed.forEach(file -> open.merge(file, 1, Integer::sum));
        }
    }

    private static List<String> files(Intent intent) {
        return Stream.of(intent.getMedia(), intent.getThumbnail())
                .filter(file -> !file.isEmpty())
                .toList();
    }

    @Override
    public void over(Intent intent) {
        List<String> needed = openMedia.remove(intent.getMessageId());
        if (needed != null) {
            needed.forEach(file -> open.computeIfPresent(file, (_, count) -> count == 1 ? null : count - 1));
        }
    }

    public void retried(Content.MediaRetried retried) {
        phone.answered(retried);
    }

    @Override
    public CompletionStage<Message> placed(Intent intent, Message message) {
        if (files(intent).isEmpty()) {
            return CompletableFuture.completedStage(message);
        }
        // A line that came and went may ask twice: the files go up once.
        CompletableFuture<Message> started = new CompletableFuture<>();
        CompletableFuture<Message> first = placing.putIfAbsent(intent.getMessageId(), started);
        if (first != null) {
            return first;
        }
        var _ = place(intent, message).whenComplete((placed, failure) -> {
            placing.remove(intent.getMessageId());
            if (failure == null) {
                started.complete(placed);
            } else {
                started.completeExceptionally(failure);
            }
        });
        return started;
    }

    private CompletionStage<Message> place(Intent intent, Message message) {
        return ports.store().media(new MessageId(intent.getMessageId())).thenCompose(rows -> {
            Optional<MediaFile> uploaded = rows.stream()
                    .filter(row -> row.key().sender().equals(ports.self()))
                    .map(MediaTransfers::file)
                    .filter(MediaFile::getFromMe)
                    .filter(file -> !file.getDirectPath().isEmpty() || file.hasThumbnail())
                    .findFirst();
            return uploaded.isPresent()
                    ? CompletableFuture.completedStage(placed(message, uploaded.get()))
                    : blocking(() -> uploaded(intent, message)).thenCompose(placed -> recorded(intent, placed));
        });
    }

    /// The message with its files where they were uploaded to before.
    private static Message placed(Message message, MediaFile file) {
        Message placed = MediaDraft.placed(message, file.getUrl(), file.getDirectPath());
        return Thumbnail.of(message)
                .map(small -> small.at(file.getThumbnail().getDirectPath()).in(placed))
                .orElse(placed);
    }

    private Message uploaded(Intent intent, Message message) throws IOException {
        Message placed = message;
        if (!intent.getThumbnail().isEmpty()) {
            Uploads.Place place = uploaded(intent.getThumbnail());
            placed = Thumbnail.of(message)
                    .orElseThrow(() -> new ContactException("media-not-found", "the message has no thumbnail"))
                    .at(place.directPath())
                    .in(placed);
        }
        if (!intent.getMedia().isEmpty()) {
            Uploads.Place place = uploaded(intent.getMedia());
            placed = MediaDraft.placed(placed, place.url(), place.directPath());
        }
        return placed;
    }

    private Uploads.Place uploaded(String spooled) throws IOException {
        Spool.Waiting file = ports.services()
                .spool()
                .find(ports.account(), spooled)
                .orElseThrow(() -> new ContactException("media-not-found", "the file is not on this node: " + spooled));
        try {
            return ports.services().gate().pass(() -> uploads.upload(file));
        } catch (TransferException e) {
            if (e.kind() == TransferException.Kind.REFUSED) {
                throw new ContactException("media-refused", String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /// Where it is must not be forgotten: whoever cannot read the message will ask for it again.
    private CompletionStage<Message> recorded(Intent intent, Message placed) {
        MediaFile file = MediaRecords.file(placed, true)
                .orElseThrow(() -> new ContactException("media-not-found", "the message has no file"));
        var delta = MediaRecords.delta(
                Jid.parse(intent.getChat()).bare(),
                ports.self(),
                intent.getMessageId(),
                intent.getAcceptedAtMillis(),
                file);
        return ports.recorder()
                .record(new Recordable(List.of(), List.of(delta), List.of()))
                .thenApply(_ -> placed);
    }

    /// Fetches the file of a message, or its thumbnail, into the spool, unless it is there.
    ///
    /// Fails with a [TransferException].
    public CompletionStage<MediaFile> fetch(MessageId id, boolean thumbnail) {
        return ports.store().media(id).thenCompose(rows -> {
            Optional<MediaRow> found = rows.stream()
                    .filter(row -> thumbnail
                            ? file(row).hasThumbnail()
                            : !file(row).getType().isEmpty())
                    .findFirst();
            if (found.isEmpty()) {
                return CompletableFuture.failedStage(new TransferException(
                        TransferException.Kind.NO_FILE,
                        "there is no message " + id + (thumbnail ? " with an uploaded thumbnail" : " with a file")));
            }
            MediaRow row = found.get();
            MediaFile file = thumbnail ? file(row).getThumbnail() : file(row);
            Bytes hash = Bytes.wrap(file.getEncryptedSha256().toByteArray());
            // One at a time for the same file: the others get what the first one gets.
            CompletableFuture<MediaFile> started = new CompletableFuture<>();
            CompletableFuture<MediaFile> first = fetching.putIfAbsent(hash, started);
            if (first != null) {
                return first.thenApply(_ -> file);
            }
            var _ = blocking(() -> fetched(row, file, hash)).whenComplete((done, failure) -> {
                fetching.remove(hash);
                if (failure == null) {
                    started.complete(done);
                } else {
                    started.completeExceptionally(failure);
                }
            });
            return started;
        });
    }

    private MediaFile fetched(MediaRow row, MediaFile file, Bytes hash) throws IOException {
        if (ports.services().spool().kept(ports.account(), hash)) {
            return file;
        }
        return ports.services().gate().pass(() -> download(row.key(), row.at().toEpochMilli(), file));
    }

    private MediaFile download(MessageKey key, long at, MediaFile file) throws IOException {
        String path = file.getDirectPath();
        MediaHosts refused = null;
        boolean renewed = false;
        boolean asked = false;
        while (true) {
            MediaHosts now = hosts.now(refused);
            Downloads.Round round = path.isEmpty() ? Downloads.Round.GONE : downloads.fetch(file, path, now);
            if (round == Downloads.Round.FETCHED) {
                return file;
            }
            if (round == Downloads.Round.UNAUTHORISED && !renewed) {
                renewed = true;
                refused = now;
            } else if (MediaType.of(file.getType()).isThumbnail()) {
                // The phone uploads files again, and no thumbnails.
                throw new TransferException(TransferException.Kind.GONE, "the hosts do not have the thumbnail");
            } else if (!asked) {
                asked = true;
                refused = null;
                path = phone.again(key, file);
                moved(key, at, file, path);
            } else {
                throw new TransferException(
                        TransferException.Kind.GONE, "the hosts do not have what the phone uploaded again");
            }
        }
    }

    /// The new place is for the next time; when it is not remembered, the phone is asked once more.
    private void moved(MessageKey key, long at, MediaFile file, String path) {
        MediaFile moved = file.toBuilder().setDirectPath(path).clearUrl().build();
        var delta = MediaRecords.delta(key.chat(), key.sender(), key.id().value(), at, moved);
        var _ = ports.recorder().record(new Recordable(List.of(), List.of(delta), List.of()));
    }

    private static MediaFile file(MediaRow row) {
        try {
            return MediaFile.parseFrom(row.payload().unsafeArray());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("media row " + row.key().id() + ": not a file", e);
        }
    }

    private <T> CompletionStage<T> blocking(TransferGate.Transfer<T> work) {
        return ports.services().runtime().spawn("media", work::run).done();
    }
}
