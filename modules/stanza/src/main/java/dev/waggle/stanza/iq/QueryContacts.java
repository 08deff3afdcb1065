package dev.waggle.stanza.iq;

import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks which phone numbers are on WhatsApp, and under which names.
///
/// @param numbers 1 to 1000, `+` and digits (E.164)
public record QueryContacts(List<String> numbers) implements Iq<List<QueryContacts.Contact>> {
    private static final int NUMBERS_MAX = 1000;
    private static final List<Node> PROTOCOLS = List.of(Node.of("contact"), Node.of("lid"));

    /// @param query the number as asked
    /// @param pn null when not on WhatsApp
    public record Contact(
            String query,
            boolean onWhatsApp,
            @Nullable Jid pn,
            @Nullable Jid lid) {}

    public QueryContacts {
        numbers = List.copyOf(numbers);
        if (numbers.isEmpty() || numbers.size() > NUMBERS_MAX) {
            throw new IllegalArgumentException("numbers: " + numbers.size() + " (expected: 1.." + NUMBERS_MAX + ")");
        }
        for (String number : numbers) {
            if (!number.matches("\\+[0-9]{5,20}")) {
                throw new IllegalArgumentException(
                        "number: " + number.length() + " characters (expected: + and 5..20 digits)");
            }
        }
    }

    @Override
    public Node ask(String id) {
        List<Node> list = numbers.stream()
                .map(number ->
                        Node.of("user", Node.build("contact").content(number).done()))
                .toList();
        return Usync.ask(id, "interactive", PROTOCOLS, list);
    }

    @Override
    public List<Contact> answer(Node reply) {
        List<Contact> contacts = new ArrayList<>();
        for (Node user : Usync.users(reply)) {
            contacts.add(contact(user));
        }
        return contacts;
    }

    private static Contact contact(Node user) {
        Node contact = user.requireChild("contact");
        String query = contact.text();
        Jid named = user.jid("jid");
        Node lidNode = user.child("lid");
        Jid lid = lidNode == null ? null : lidNode.jid("val");
        Jid pn = user.jid("pn_jid");
        if (named != null && named.isLid()) {
            lid = named;
        } else if (named != null && pn == null) {
            pn = named;
        }
        boolean in = contact.attr("type", "").equals("in");
        return new Contact(query == null ? "" : query, in, in ? pn : null, in ? lid : null);
    }
}
