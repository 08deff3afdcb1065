package dev.waggle.simulator.exchange;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.User;
import java.util.List;

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

    /// What a contact received and sent, after a sequence number (0 = from the start).
    ///
    /// @throws ContactException when the user is not a contact
    List<Heard> heard(User contact, long after);

    /// One message as a contact saw it. `status` is for own messages: `sent`, `delivered`, `read`; for received
    /// ones `received`. `copies` counts how often it was received and decrypted under the same sender and id: above
    /// 1 a recipient would have had to drop duplicates.
    record Heard(
            long sequence,
            String id,
            Jid chat,
            Jid sender,
            boolean fromMe,
            long timestamp,
            String type,
            String text,
            String status,
            int copies) {}
}
