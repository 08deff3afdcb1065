package dev.waggle.simulator.exchange;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The simulated people: users with device 0 in this process. On the exchange's thread.
///
/// A contact is attached to the exchange, sends through it, and reads users, bundles and groups
/// directly from the directory instead of asking by iq.
public interface Contacts {
    /// There are no contacts.
    Contacts NONE = new Contacts() {
        @Override
        public User add(String name) {
            throw new ContactException("contact", name, "contacts");
        }

        @Override
        public String say(User contact, Jid to, String text) {
            throw new ContactException("contact", contact.toString(), "contacts");
        }

        @Override
        public String send(User contact, Jid to, FileToSend file) {
            throw new ContactException("contact", contact.toString(), "contacts");
        }

        @Override
        public void confirm(User contact, String id, Confirmation what) {
            throw new ContactException("contact", contact.toString(), "contacts");
        }

        @Override
        public List<Heard> heard(User contact, long after) {
            throw new ContactException("contact", contact.toString(), "contacts");
        }
    };

    /// Finds or creates the contact of that name.
    User add(String name);

    /// Lets a contact write a text to a user (PN or LID) or a group.
    ///
    /// @return the message id
    /// @throws ContactException when the contact or the addressee is unknown, or the text too long
    String say(User contact, Jid to, String text);

    /// Lets a contact send a file to a user (PN or LID) or a group.
    ///
    /// @return the message id
    /// @throws ContactException when the contact or the addressee is unknown, or the type is none
    String send(User contact, Jid to, FileToSend file);

    /// Lets a contact say that it read, or played, a message that it received. That it arrived was said by itself.
    ///
    /// @throws ContactException when the contact is unknown, the message was not received, or nothing in it can be
    ///     played
    void confirm(User contact, String id, Confirmation what);

    /// What a person does with a message so that its sender is told.
    enum Confirmation {
        READ,
        PLAYED
    }

    /// What a contact received and sent, after a sequence number (0 = from the start).
    ///
    /// @throws ContactException when the user is not a contact
    List<Heard> heard(User contact, long after);

    /// One message as a contact saw it. `text` of a file is its caption. `status` is for own messages: `sent`,
    /// `delivered`, `read`; for received ones `received`. `copies` counts how often it was received and decrypted
    /// under the same sender and id: above 1 a recipient would have had to drop duplicates.
    record Heard(
            long sequence,
            String id,
            Jid chat,
            Jid sender,
            boolean fromMe,
            long timestamp,
            String type,
            String text,
            @Nullable HeardFile file,
            String status,
            int copies) {}

    /// A file to be sent. `type`: `image`, `video`, `audio`, `voice`, `document`, `sticker`, or `link` for the
    /// thumbnail of a link: then `caption` is the text, whose first link it is of, and `fileName` the preview's
    /// title. `caption` and `fileName` may be empty otherwise; so may `thumbnail`, which is uploaded beside an
    /// image, a video or a document.
    record FileToSend(String type, String mimetype, Bytes bytes, String caption, String fileName, Bytes thumbnail) {}

    /// A file as a contact got it. `sha256` as the message tells it, in hex; `problem` is empty when the file could
    /// be fetched and is what the message says, otherwise `not-there`, `encrypted-hash`, `mac`, `padding`, `hash`
    /// or `length`. `thumbnail` is null when none was uploaded. Of a text with a link the thumbnail is the file, as
    /// in [FileToSend], and its length is not told (-1).
    record HeardFile(
            String type,
            String mimetype,
            long length,
            String sha256,
            String caption,
            String fileName,
            String problem,
            @Nullable HeardThumbnail thumbnail) {}

    /// The thumbnail beside a file, likewise.
    record HeardThumbnail(String sha256, String problem) {}
}
