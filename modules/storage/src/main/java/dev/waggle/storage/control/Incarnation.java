package dev.waggle.storage.control;

import dev.waggle.address.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/// Which life of a store this is. A store that was put back from a backup does not know what was sent since the
/// backup was taken, so whatever counts on knowing that (sending chains, own sender keys, ids) begins anew when it
/// was written by another incarnation.
///
/// @param number 0 for a store that was never restored; after a restoring its second, counted from 2026: two
/// restorings of one backup differ
public record Incarnation(long number) {
    public static final Incarnation FIRST = new Incarnation(0);

    private static final String ID = "store-incarnation";
    private static final Instant YEAR_2026 = Instant.parse("2026-01-01T00:00:00Z");
    /// Events per second that an account can tell without reaching into the next incarnation.
    private static final int SEQUENCE_BITS = 20;

    public Incarnation {
        if (number < 0) {
            throw new IllegalArgumentException("store incarnation: " + number + " (expected: 0 or more)");
        }
    }

    /// The one that follows when a backup is restored now.
    public Incarnation next(Instant now) {
        return new Incarnation(Math.max(number + 1, now.getEpochSecond() - YEAR_2026.getEpochSecond()));
    }

    /// Where the public events of accounts go on: above every sequence that was given before that second.
    public static long firstSequence(long number) {
        return number << SEQUENCE_BITS;
    }

    /// Of the store that this is the control store of.
    public static CompletionStage<Incarnation> of(ControlStore control) {
        return control.document(Shelf.SETTING, ID)
                .thenApply(document -> document.map(Incarnation::parse).orElse(FIRST));
    }

    private static Incarnation parse(Bytes document) {
        String text = new String(document.toArray(), StandardCharsets.US_ASCII);
        try {
            return new Incarnation(Long.parseLong(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(ID + ": not a number", e);
        }
    }

    /// From now on, what the store holds was written by another incarnation. Only while no node runs on it.
    public CompletionStage<Void> begin(ControlStore control) {
        return control.putDocument(Shelf.SETTING, ID, Bytes.utf8(Long.toString(number)));
    }
}
