package dev.waggle.simulator.check;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.crypto.Digest;
import java.nio.ByteBuffer;

/// Remembers under which counter of which chain which bytes were sent. The same counter with other bytes means that
/// a message key was used twice.
///
/// Bounded: see [#forgotten()]; a counter that was forgotten counts as new when it comes again. Chains are
/// remembered by hashes of 64 bits, never by their keys.
public final class CounterWatch {
    private final LongTable seen;

    public enum Sighting {
        FIRST,
        /// The same bytes again: a copy that was sent once more.
        COPY,
        REUSED
    }

    /// @param entriesMax how many counters are remembered; at most 32 bytes each
    public CounterWatch(int entriesMax) {
        this.seen = new LongTable(entriesMax);
    }

    /// A message in the ratchet between two devices.
    public Sighting ratchet(Jid sender, Jid recipient, CipherHeader.Ratchet message) {
        return sight("ratchet " + sender + ' ' + recipient, message.ratchetKey(), message.counter(), message.whole());
    }

    /// A message of a sender key.
    public Sighting group(Jid sender, Jid group, CipherHeader.Group message) {
        Bytes keyId = Bytes.utf8(Long.toString(message.keyId()));
        return sight("group " + sender + ' ' + group, keyId, message.iteration(), message.ciphertext());
    }

    /// How many counters fell out of memory so far.
    public long forgotten() {
        return seen.forgotten();
    }

    private Sighting sight(String chain, Bytes key, long counter, Bytes bytes) {
        long name = first(Digest.sha256(Bytes.utf8(chain + ' ' + counter + ' ').unsafeArray(), key.unsafeArray()));
        long content = first(Digest.sha256(bytes.unsafeArray()));
        long known = seen.putIfAbsent(name, content);
        if (known == 0) {
            return Sighting.FIRST;
        }
        return known == content ? Sighting.COPY : Sighting.REUSED;
    }

    private static long first(byte[] hash) {
        long value = ByteBuffer.wrap(hash).getLong();
        return value == 0 ? 1 : value;
    }
}
