package dev.waggle.persistence.cassandra.rows;

/// The parts of a row's text key: whose it is, of what kind, and its own name.
public record Key(String room, String kind, String own) {
    private static final char APART = '\0';
    private static final char BEHIND = '\1';

    /// `own` is empty when the text ends with the kind or the room; an end of a range may have another character in
    /// the place of the last zero.
    ///
    /// @throws IllegalArgumentException when the text has no zero character
    public static Key parse(String text) {
        int room = text.indexOf(APART);
        if (room < 0) {
            throw new IllegalArgumentException("a key without a room: " + text.length() + " characters");
        }
        int kind = end(text, room + 1);
        return new Key(
                text.substring(0, room),
                text.substring(room + 1, kind),
                kind < text.length() ? text.substring(kind + 1) : "");
    }

    private static int end(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) <= BEHIND) {
                return i;
            }
        }
        return text.length();
    }

    /// What a row is called inside its partition.
    public static String name(String text) {
        return text.substring(text.indexOf(APART) + 1);
    }
}
