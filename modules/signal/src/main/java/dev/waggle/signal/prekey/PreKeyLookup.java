package dev.waggle.signal.prekey;

import java.util.List;
import java.util.Optional;

/// The private halves that were found for an incoming pre-key message: values, read beforehand by whoever owns the
/// store (see `PreKeyMessage` for the ids that it names). May hold more than is needed.
public record PreKeyLookup(List<SignedPreKey> signed, List<PreKey> oneTime) {
    public static final PreKeyLookup NONE = new PreKeyLookup(List.of(), List.of());

    public PreKeyLookup {
        signed = List.copyOf(signed);
        oneTime = List.copyOf(oneTime);
    }

    public Optional<SignedPreKey> signed(int id) {
        return signed.stream().filter(key -> key.id() == id).findFirst();
    }

    public Optional<PreKey> oneTime(int id) {
        return oneTime.stream().filter(key -> key.id() == id).findFirst();
    }
}
