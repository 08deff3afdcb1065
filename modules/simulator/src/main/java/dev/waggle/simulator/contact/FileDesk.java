package dev.waggle.simulator.contact;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.AesGcm;
import dev.waggle.crypto.CryptoException;
import dev.waggle.crypto.Hkdf;
import dev.waggle.simulator.check.FieldException;
import dev.waggle.simulator.check.Fields;
import dev.waggle.simulator.check.FieldsWriter;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.exchange.ContactException;
import dev.waggle.simulator.exchange.Contacts.FileToSend;
import dev.waggle.simulator.exchange.Contacts.HeardFile;
import dev.waggle.simulator.exchange.Contacts.HeardThumbnail;
import dev.waggle.simulator.media.MediaShelf;
import dev.waggle.wire.node.Node;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Files of one contact: those it sends, those it was sent, and, when it is somebody's phone, those that a
/// companion asks for again.
final class FileDesk {
    private static final int REMEMBERED_MAX = 2_000;
    private static final byte[] RETRY = "WhatsApp Media Retry Notification".getBytes(StandardCharsets.UTF_8);
    private static final int SUCCESS = 1;
    private static final int NOT_FOUND = 2;
    private static final int DECRYPTION_ERROR = 3;

    private final Desk desk;
    private final Map<String, FileKind.Told> known = new Recent<>(REMEMBERED_MAX);

    FileDesk(Desk desk) {
        this.desk = desk;
    }

    /// Puts the file to the media hosts; gives the message that carries it.
    Bytes sent(String id, FileToSend file) {
        FileKind kind = FileKind.of(file.type())
                .orElseThrow(() -> new ContactException(
                        "type", file.type(), "image, video, audio, voice, document, sticker or link"));
        FileBox.Sealed sealed = FileBox.seal(file.bytes(), kind.info(), FileBox.mediaKey(desk.random));
        MediaShelf.Place place = desk.hood.media().put(sealed.encrypted().unsafeArray());
        Bytes message = kind.write(
                file,
                sealed,
                place.url(),
                place.directPath(),
                small(kind, file, sealed.mediaKey()),
                desk.hood.now().getAsLong());
        FileKind.Told told = FileKind.read(Fields.read("message", message));
        if (told != null) {
            known.put(id, told);
        }
        return message;
    }

    private FileKind.@Nullable Small small(FileKind kind, FileToSend file, Bytes mediaKey) {
        if (file.thumbnail().isEmpty() || !kind.hasThumbnails()) {
            return null;
        }
        FileBox.Sealed sealed = FileBox.seal(file.thumbnail(), kind.smallInfo(), mediaKey);
        MediaShelf.Place place = desk.hood.media().put(sealed.encrypted().unsafeArray());
        return new FileKind.Small(place.directPath(), sealed.sha256(), sealed.encryptedSha256());
    }

    /// Fetches the file of a message, and its thumbnail, from the media hosts and looks whether it is what the
    /// message says.
    HeardFile heard(String id, FileKind.Told told) {
        known.put(id, told);
        FileKind.Small small = told.thumbnail();
        HeardThumbnail thumbnail = small == null
                ? null
                : new HeardThumbnail(small.sha256().toHex(), problem(small.directPath(), told.expected(small)));
        return new HeardFile(
                told.type(),
                told.mimetype(),
                told.length(),
                told.sha256().toHex(),
                told.caption(),
                told.fileName(),
                problem(told.directPath(), told.expected()),
                thumbnail);
    }

    private String problem(String directPath, FileBox.Expected expected) {
        return desk.hood
                .media()
                .bytes(directPath)
                .map(there -> FileBox.problem(there, expected))
                .orElse("not-there");
    }

    /// A companion asks for the file of a message once more.
    void asked(Node receipt) {
        String id = receipt.require("id");
        Node owner = receipt.requireChild("rmr");
        Device companion = desk.hood.directory().device(receipt.requireJid("from"));
        if (companion == null) {
            return;
        }
        FileKind.@Nullable Told told = known.get(id);
        Node.Builder answer = Node.build("notification")
                .attr("id", id)
                .attr("from", desk.device.user().pn())
                .attr("type", "mediaretry")
                .attr("t", desk.hood.now().getAsLong());
        desk.hood.notify(
                companion, answer.content(content(receipt, id, told), owner).done());
    }

    private Node content(Node receipt, String id, FileKind.@Nullable Told told) {
        if (told == null) {
            return error(NOT_FOUND);
        }
        Node sealed = receipt.requireChild("encrypt");
        byte[] key = Hkdf.derive(told.mediaKey().unsafeArray(), new byte[0], RETRY, 32);
        byte[] aad = id.getBytes(StandardCharsets.UTF_8);
        try {
            byte[] question = AesGcm.open(
                    key,
                    sealed.requireChild("enc_iv").requireBytes(12).unsafeArray(),
                    aad,
                    sealed.requireChild("enc_p").requireBytes().unsafeArray());
            Bytes asked =
                    Fields.read("server error receipt", Bytes.wrap(question)).require(1);
            if (!asked.toUtf8().equals(id)) {
                return error(DECRYPTION_ERROR);
            }
        } catch (CryptoException | FieldException e) {
            return error(DECRYPTION_ERROR);
        }
        Optional<MediaShelf.Place> place = desk.hood.media().restore(told.encryptedSha256());
        FieldsWriter answer = new FieldsWriter().text(1, id);
        place.ifPresent(there -> answer.text(2, there.directPath()));
        answer.number(3, place.isPresent() ? SUCCESS : NOT_FOUND);
        byte[] nonce = new byte[12];
        desk.random.nextBytes(nonce);
        Bytes payload = Bytes.wrap(AesGcm.seal(key, nonce, aad, answer.done().unsafeArray()));
        return Node.of("encrypt", Node.of("enc_p", payload), Node.of("enc_iv", Bytes.wrap(nonce)));
    }

    private static Node error(int code) {
        return Node.build("error").attr("code", code).done();
    }
}
