package dev.waggle.simulator.directory;

import dev.waggle.address.Jid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The users of the simulated server. A name always gives the same phone number (`888` and ten digits) and the same
/// LID (fifteen digits), in every run; a second call with that name finds the first user.
public final class Directory {
    private static final long TEN_DIGITS = 10_000_000_000L;
    private static final long FOURTEEN_DIGITS = 100_000_000_000_000L;

    private final Map<String, User> byNumber = new LinkedHashMap<>();
    private final Map<String, User> byLid = new HashMap<>();
    private final int usersMax;

    public Directory(int usersMax) {
        this.usersMax = usersMax;
    }

    /// The phone number, digits only, that a name leads to.
    public static String numberOf(String name) {
        return "888%010d".formatted(Long.remainderUnsigned(hash("pn", name), TEN_DIGITS));
    }

    /// Finds or creates the user of that name.
    ///
    /// @throws IllegalStateException when the directory is full
    public User named(String name) {
        return at(numberOf(name), name);
    }

    /// Finds the user with that phone number (digits only), or creates one with that push name.
    ///
    /// @throws IllegalStateException when the directory is full
    public User at(String number, String pushName) {
        User known = byNumber.get(number);
        if (known != null) {
            return known;
        }
        if (byNumber.size() >= usersMax) {
            throw new IllegalStateException("users: " + usersMax + " (expected: below the limit)");
        }
        String lid = "1%014d".formatted(Long.remainderUnsigned(hash("lid", number), FOURTEEN_DIGITS));
        User user = new User(Jid.pn(number), Jid.lid(lid), pushName);
        byNumber.put(number, user);
        byLid.put(lid, user);
        return user;
    }

    /// The user of a phone-number or LID address, whatever the device; null when unknown.
    public @Nullable User user(Jid jid) {
        return jid.isLid() ? byLid.get(jid.user()) : jid.canonical().isPn() ? byNumber.get(jid.user()) : null;
    }

    /// The device that a phone-number or LID address names; null when unknown or removed.
    public @Nullable Device device(Jid jid) {
        User user = user(jid);
        return user == null ? null : user.device(jid.device());
    }

    public Collection<User> users() {
        return List.copyOf(byNumber.values());
    }

    private static long hash(String kind, String text) {
        try {
            byte[] input = (kind + ':' + text).getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(input))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
