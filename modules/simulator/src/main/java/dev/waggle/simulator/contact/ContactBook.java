package dev.waggle.simulator.contact;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.ContactException;
import dev.waggle.simulator.exchange.Contacts;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everybody who has a device 0 in this process: contacts, and the phones of paired users, which hear and can write
/// like any contact.
public final class ContactBook implements Contacts {
    private final Neighbourhood hood;
    private final SecureRandom random;
    private final Map<User, Contact> contacts = new HashMap<>();

    public ContactBook(Neighbourhood hood, SecureRandom random) {
        this.hood = hood;
        this.random = random;
    }

    @Override
    public User add(String name) {
        if (name.isBlank() || name.length() > 128) {
            throw new ContactException("name", name.length() + " characters", "1..128, not blank");
        }
        return settled(hood.directory().named(name)).user();
    }

    /// The person behind a user, who gets a device 0 when there is none.
    public Contact settled(User user) {
        return contacts.computeIfAbsent(user, fresh -> Contact.settle(fresh, hood, random));
    }

    public Optional<Contact> contact(User user) {
        return Optional.ofNullable(contacts.get(user));
    }

    @Override
    public String say(User contact, Jid to, String text) {
        return known(contact).send(to, text);
    }

    @Override
    public String send(User contact, Jid to, FileToSend file) {
        return known(contact).send(to, file);
    }

    @Override
    public void confirm(User contact, String id, Confirmation what) {
        switch (what) {
            case READ -> known(contact).read(id);
            case PLAYED -> known(contact).play(id);
        }
    }

    @Override
    public List<Heard> heard(User contact, long after) {
        return known(contact).messagesAfter(after);
    }

    private Contact known(User user) {
        return contact(user).orElseThrow(() -> new ContactException("contact", user.toString(), "a contact"));
    }
}
