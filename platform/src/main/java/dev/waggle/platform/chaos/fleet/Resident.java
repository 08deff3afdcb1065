package dev.waggle.platform.chaos.fleet;

import java.util.List;

/// A paired account.
///
/// @param pn its phone number JID, as contacts write to it
/// @param contacts phone numbers in digits
public record Resident(String account, String pn, List<String> contacts) {
    public Resident {
        contacts = List.copyOf(contacts);
    }
}
