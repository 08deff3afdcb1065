package dev.waggle.stanza.login;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The version of the web client that we speak as, such as `2.3000.1043857760`. Servers refuse old ones with 405.
public record ClientVersion(int primary, int secondary, int tertiary) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,10})");

    public ClientVersion {
        if (primary < 0 || secondary < 0 || tertiary < 0) {
            throw new LoginException("version", primary + "." + secondary + "." + tertiary, "three numbers from 0");
        }
    }

    /// @throws LoginException when the text is not three numbers with dots
    public static ClientVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(3)) > Integer.MAX_VALUE) {
            throw new LoginException("version", text.length() + " characters", "three numbers with dots");
        }
        return new ClientVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    /// MD5 of the dotted text: what a registration calls its build hash.
    public Bytes buildHash() {
        return Bytes.wrap(Digest.md5(toString().getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public String toString() {
        return primary + "." + secondary + "." + tertiary;
    }
}
