package dev.waggle.address;

import java.util.Objects;

/// An address of the protocol: `user[.agent][:device]@server`, or only a server.
///
/// `user` may be empty (a server address), holds no `@` or `:`; `agent` is 0..255 (written only when not 0, read
/// only for phone numbers, whose user then holds no other `.`); `device` is 0..65535, where 0 is the primary phone.
/// Text and wire form are both unique per value.
public record Jid(String user, String server, int agent, int device) {
    public static final Jid SERVER = new Jid("", JidServer.PN, 0, 0);
    public static final Jid STATUS = new Jid("status", JidServer.BROADCAST, 0, 0);

    public Jid {
        Objects.requireNonNull(user);
        if (!JidServer.isNamed(server) && (server.isEmpty() || separated(server))) {
            throw new AddressException("jid server", server, "not empty, without @ and :");
        }
        if (separated(user)) {
            throw new AddressException("jid user", user, "without @ and :");
        }
        if (agent < 0 || agent > 255) {
            throw new AddressException("jid agent", Integer.toString(agent), "0..255");
        }
        if (device < 0 || device > 65_535) {
            throw new AddressException("jid device", Integer.toString(device), "0..65535");
        }
    }

    /// One pass, because every address of every stanza comes through here.
    private static boolean separated(String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '@' || c == ':') {
                return true;
            }
        }
        return false;
    }

    public static Jid of(String user, String server) {
        return new Jid(user, server, 0, 0);
    }

    public static Jid pn(String digits) {
        return of(digits, JidServer.PN);
    }

    public static Jid lid(String digits) {
        return of(digits, JidServer.LID);
    }

    public static Jid group(String id) {
        return of(id, JidServer.GROUP);
    }

    /// Reads the text form. `c.us` reads as itself; see [#canonical()].
    ///
    /// @throws AddressException when the text is not a JID
    public static Jid parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0) {
            return of("", text);
        }
        String local = text.substring(0, at);
        String server = text.substring(at + 1);
        int device = 0;
        int colon = local.lastIndexOf(':');
        if (colon >= 0) {
            device = number("jid device", local.substring(colon + 1));
            local = local.substring(0, colon);
        }
        int agent = 0;
        boolean phone = server.equals(JidServer.PN) || server.equals(JidServer.LEGACY);
        int dot = local.lastIndexOf('.');
        if (dot >= 0 && phone) {
            agent = number("jid agent", local.substring(dot + 1));
            local = local.substring(0, dot);
        }
        if (local.isEmpty() && (agent != 0 || device != 0)) {
            throw new AddressException("jid user", local, "not empty before an agent or a device");
        }
        if (local.indexOf('.') >= 0 && phone) {
            throw new AddressException("jid user", local, "without . but the agent's");
        }
        return new Jid(local, server, agent, device);
    }

    private static int number(String name, String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new AddressException(name, digits, "1..5 digits");
        }
        return Integer.parseInt(digits);
    }

    public Jid withDevice(int number) {
        return device == number ? this : new Jid(user, server, agent, number);
    }

    /// The user without agent and device; the form that chats and contacts are known by.
    public Jid bare() {
        return agent == 0 && device == 0 ? this : of(user, server);
    }

    /// The same user with `c.us` written as `s.whatsapp.net`.
    public Jid canonical() {
        return server.equals(JidServer.LEGACY) ? new Jid(user, JidServer.PN, agent, device) : this;
    }

    public boolean isPn() {
        return server.equals(JidServer.PN);
    }

    public boolean isLid() {
        return server.equals(JidServer.LID);
    }

    public boolean isHosted() {
        return server.equals(JidServer.HOSTED) || server.equals(JidServer.HOSTED_LID);
    }

    public boolean isGroup() {
        return server.equals(JidServer.GROUP);
    }

    /// True for an address that a 1:1 message can be sent to.
    public boolean isUser() {
        return !user.isEmpty() && (isPn() || isLid() || isHosted() || server.equals(JidServer.BOT));
    }

    public boolean isStatus() {
        return user.equals(STATUS.user) && server.equals(STATUS.server);
    }

    /// True when both name the same user, whatever the device.
    public boolean sameUser(Jid other) {
        return user.equals(other.user) && server.equals(other.server);
    }

    /// `user.agent:device@server` with both numbers always written: the form that participant hashes are taken
    /// over.
    public String toAdString() {
        return user + '.' + agent + ':' + device + '@' + server;
    }

    @Override
    public String toString() {
        if (user.isEmpty()) {
            return server;
        }
        StringBuilder text = new StringBuilder(user.length() + server.length() + 8).append(user);
        if (agent != 0) {
            text.append('.').append(agent);
        }
        if (device != 0) {
            text.append(':').append(device);
        }
        return text.append('@').append(server).toString();
    }
}
