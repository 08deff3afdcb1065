package dev.waggle.stanza.message;

import dev.waggle.address.AddressException;
import dev.waggle.address.Jid;

/// A chat as people write it: a JID, or a phone number in E.164 (`+` and 5 to 20 digits; the `+` may be missing).
public final class ChatAddress {
    private static final String RULE = "a user's or group's JID, or an E.164 number";

    private ChatAddress() {}

    /// @throws AddressException when it is neither
    public static Jid parse(String text) {
        String trimmed = text.strip();
        if (trimmed.indexOf('@') < 0) {
            return number(trimmed);
        }
        Jid jid = Jid.parse(trimmed).canonical().bare();
        if (!jid.isUser() && !(jid.isGroup() && !jid.user().isEmpty())) {
            throw new AddressException("chat", text, RULE);
        }
        return jid;
    }

    private static Jid number(String text) {
        String digits = text.startsWith("+") ? text.substring(1) : text;
        boolean plain = digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!plain || digits.length() < 5 || digits.length() > 20) {
            throw new AddressException("chat", text, RULE);
        }
        return Jid.pn(digits);
    }
}
