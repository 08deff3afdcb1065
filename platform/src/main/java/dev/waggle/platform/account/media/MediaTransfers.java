package dev.waggle.platform.account.media;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
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
import dev.waggle.stanza.media.MediaContent;
import dev.waggle.stanza.media.MediaDraft;
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

/// The files of one account, both ways. What waits does so on threads that may. Thread-safe.
public final class MediaTransfers implements Attachments {
    private final MediaPorts ports;
    private final Hosts hosts;
    private final Uploads uploads;
    private final Downloads downloads;
    private final PhoneRequests phone;
    /// Spooled files that open sends need, by how many.
    private final Map<String, Integer> open = new ConcurrentHashMap<>();
    private final Map<String, String> openMedia = new ConcurrentHashMap<>();
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

    /// The send is journaled: from now on its file is needed.
    public void accepted(Intent intent) {
        if (!intent.getMedia().isEmpty() && openMedia.put(intent.getMessageId(), intent.getMedia()) == null) {
            open.merge(intent.getMedia(), 1, Integer::sum);
        }
    }

    @Override
    public void over(Intent intent) {
        String media = openMedia.remove(intent.getMessageId());
        if (media != null) {
            open.computeIfPresent(media, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    public void retried(Content.MediaRetried retried) {
        phone.answered(retried);
    }

    @Override
    public CompletionStage<Message> placed(Intent intent, Message message) {
        if (intent.getMedia().isEmpty()) {
            return CompletableFuture.completedStage(message);
        }
        // A line that came and went may ask twice: the file goes up once.
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
                    .filter(file -> file.getFromMe() && !file.getDirectPath().isEmpty())
                    .findFirst();
            return uploaded.isPresent()
                    ? CompletableFuture.completedStage(MediaDraft.placed(
                            message, uploaded.get().getUrl(), uploaded.get().getDirectPath()))
                    : blocking(() -> uploaded(intent)).thenCompose(place -> recorded(intent, message, place));
        });
    }

    private Uploads.Place uploaded(Intent intent) throws IOException {
        Spool.Waiting file = ports.services()
                .spool()
                .find(ports.account(), intent.getMedia())
                .orElseThrow(() ->
                        new ContactException("media-not-found", "the file is not on this node: " + intent.getMedia()));
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
    private CompletionStage<Message> recorded(Intent intent, Message message, Uploads.Place place) {
        Message placed = MediaDraft.placed(message, place.url(), place.directPath());
        MediaFile file = MediaRecords.file(
                MediaContent.of(placed)
                        .orElseThrow(() -> new ContactException("media-not-found", "the message has no file")),
                true);
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

    /// Fetches the file of a message into the spool, unless it is there.
    ///
    /// Fails with a [TransferException].
    public CompletionStage<MediaFile> fetch(MessageId id) {
        return ports.store().media(id).thenCompose(rows -> {
            if (rows.isEmpty()) {
                return CompletableFuture.failedStage(new TransferException(
                        TransferException.Kind.NO_FILE, "there is no message " + id + " with a file"));
            }
            MediaRow row = rows.getFirst();
            MediaFile file = file(row);
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
