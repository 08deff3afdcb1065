package dev.waggle.persistence.cassandra.rows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Where the rows of each kind lie. No partition may grow beyond 100 MB, and a question must not have to look into
/// many.
///
/// What is stored depends on this: a number that changes here makes rows that are there invisible.
final class Layout {
    /// The partition of what is small and belongs to the account itself, and of the list of counted buckets.
    static final String CORE = "";
    /// The partition of the step that is being carried out.
    static final String REDO = "redo";

    private static final String LISTED = "bucket";
    private static final char NONE = '\0';

    /// How the rows of one kind lie.
    sealed interface Form {}

    /// All in [#CORE].
    record Whole() implements Form {}

    /// By a hash of the own name, up to the first `end`.
    record Hashed(int buckets, char end, int liveSeconds) implements Form {}

    /// So many numbers in a row together; the own name begins with the number, 16 hex digits.
    record Counted(int together) implements Form {}

    private static final Whole WHOLE = new Whole();

    /// Estimates beside: rows of an account that is a hundred times as busy as others, at their usual size.
    private static final Map<String, Form> FORMS = Map.ofEntries(
            Map.entry("session", hashed(16, ':')), // 100,000 of 5 KB: 31 MB in each
            Map.entry("identity", hashed(4, ':')),
            Map.entry("sender-key", hashed(8, NONE)), // 50,000 of 3 KB: 19 MB
            Map.entry("mark", hashed(8, '|')),
            Map.entry("lid", hashed(8, NONE)), // 500,000 of 300 bytes: 19 MB
            Map.entry("pn", hashed(8, '|')),
            Map.entry("devices", hashed(8, NONE)),
            Map.entry("group", hashed(8, NONE)), // 5,000 of 60 KB: 38 MB
            Map.entry("token", hashed(4, NONE)),
            Map.entry("mac", hashed(8, NONE)), // 500,000 of 200 bytes: 13 MB
            Map.entry("base-key", live(4, 30)),
            Map.entry("sent", live(16, 30)), // a million of 1 KB: 63 MB
            Map.entry("pending", live(4, 30)),
            Map.entry("seen", hashed(16, NONE)), // five million of 150 bytes: 47 MB
            Map.entry("secret", hashed(16, NONE)),
            Map.entry("media", hashed(16, '|')),
            Map.entry("outbound", hashed(16, NONE)),
            Map.entry("key", hashed(16, '|')),
            Map.entry("event", new Counted(1_024)), // of 1 KB: 1 MB; all of the largest: 64 MB
            Map.entry("open", new Counted(4_096)));

    /// What others than the account's owner may read: what was told and what became of sends.
    private static final Set<String> PUBLIC = Set.of("event", "latest", "floor", "outbound");

    private Layout() {}

    private static Hashed hashed(int buckets, char end) {
        return new Hashed(buckets, end, 0);
    }

    /// Rows that go by themselves when nobody removed them before. The time counts from the writing.
    private static Hashed live(int buckets, int days) {
        return new Hashed(buckets, NONE, Math.toIntExact(Duration.ofDays(days).toSeconds()));
    }

    /// A kind may carry a name of its own behind a colon.
    private static String family(String kind) {
        int colon = kind.indexOf(':');
        return colon < 0 ? kind : kind.substring(0, colon);
    }

    static Form form(String kind) {
        return FORMS.getOrDefault(family(kind), WHOLE);
    }

    static boolean isPublic(String kind) {
        return PUBLIC.contains(kind);
    }

    /// 0: for ever.
    ///
    /// @param seenSeconds of the ids by which a message that comes again is known: people say how long those are
    /// kept
    static int liveSeconds(String kind, int seenSeconds) {
        if (family(kind).equals("seen")) {
            return seenSeconds;
        }
        return form(kind) instanceof Hashed hashed ? hashed.liveSeconds() : 0;
    }

    static String bucket(Key key) {
        return switch (form(key.kind())) {
            case Whole() -> CORE;
            case Hashed hashed -> family(key.kind()) + "/" + hash(hashed, key.own());
            case Counted(int together) -> counted(key.kind(), number(key.own()) / together);
        };
    }

    private static int hash(Hashed form, String own) {
        int end = form.end() == NONE ? -1 : own.indexOf(form.end());
        String part = end < 0 ? own : own.substring(0, end);
        int hash = 0;
        // Written out: what is stored must not depend on how a library hashes.
        for (int i = 0; i < part.length(); i++) {
            hash = 31 * hash + part.charAt(i);
        }
        return Math.floorMod(hash ^ hash >>> 16, form.buckets());
    }

    /// What does not begin with 16 hex digits comes before everything.
    private static long number(String own) {
        try {
            return own.length() < 16 ? 0 : Long.parseLong(own, 0, 16, 16);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String counted(String kind, long bucket) {
        return kind + "/" + "%016x".formatted(bucket);
    }

    /// All buckets that the kind can have, but for a counted kind: those are listed.
    static List<String> buckets(String kind) {
        return switch (form(kind)) {
            case Whole() -> List.of(CORE);
            case Hashed hashed ->
                IntStream.range(0, hashed.buckets())
                        .mapToObj(bucket -> family(kind) + "/" + bucket)
                        .toList();
            case Counted _ -> List.of();
        };
    }

    /// The one bucket in which everything between these keys lies, when the keys show that; empty otherwise.
    static String only(Key after, Key before) {
        if (form(after.kind()) instanceof Hashed hashed && hashed.end() != NONE) {
            int end = after.own().indexOf(hashed.end());
            if (end >= 0 && before.own().startsWith(after.own().substring(0, end + 1))) {
                return bucket(after);
            }
        }
        return "";
    }

    /// The families of kinds that have buckets of their own.
    static Set<String> families() {
        return FORMS.keySet();
    }

    /// The row of [#CORE] that lists a counted bucket.
    static String listing(String bucket) {
        return LISTED + '\0' + bucket;
    }

    static String listed(String name) {
        return name.substring(LISTED.length() + 1);
    }
}
