package dev.waggle.stanza.pairing;

import dev.waggle.address.Bytes;
import dev.waggle.proto.adv.ADVKeyIndexList;
import dev.waggle.proto.adv.ADVSignedKeyIndexList;
import java.time.Instant;
import java.util.Set;

/// Which devices of a user are valid, as the user's phone says. The signature is not checked: no client is known
/// to, and the server's lists are not always signed.
///
/// @param rawId changes when the user's identity does: then sessions with all its devices are void
/// @param currentIndex devices with a higher index are newer than this list
public record KeyIndexes(int rawId, Instant at, int currentIndex, Set<Integer> valid) {
    private static final long SECONDS_MAX = 253_402_300_799L;

    public KeyIndexes {
        valid = Set.copyOf(valid);
    }

    /// @param list serialized `ADVSignedKeyIndexList`
    /// @throws PairingException when it is not one
    public static KeyIndexes parse(Bytes list) {
        ADVSignedKeyIndexList signed =
                AdvParts.parse("key index list", ADVSignedKeyIndexList.parser(), list.unsafeArray());
        ADVKeyIndexList details = AdvParts.parse(
                "key index list", ADVKeyIndexList.parser(), signed.getDetails().toByteArray());
        long seconds = details.getTimestamp();
        if (seconds < 0 || seconds > SECONDS_MAX) {
            throw PairingException.malformed("key index list time", Long.toUnsignedString(seconds), "a time");
        }
        return new KeyIndexes(
                details.getRawId(),
                Instant.ofEpochSecond(seconds),
                details.getCurrentIndex(),
                Set.copyOf(details.getValidIndexesList()));
    }

    /// True for the primary, for listed companions, and for those newer than the list.
    public boolean admits(int device, int keyIndex) {
        return device == 0 || valid.contains(keyIndex) || keyIndex > currentIndex;
    }
}
