package dev.waggle.platform.chaos.storm;

/// What can happen.
public enum Kind {
    /// `kill -9` of a node, which is started again.
    KILL(true),
    /// SIGSTOP of a node, SIGCONT after a while.
    FREEZE(true),
    /// A node stands still at a named point of its work, such as between the journal's answer and what follows from
    /// it, and goes on after a while.
    FREEZE_IN_PERSIST(true),
    /// A node and the others do not hear each other.
    CUT_OFF(true),
    /// A node hears the others, and they do not hear it.
    SILENCED(true),
    /// A node does not hear the others, and they hear it.
    DEAFENED(true),
    /// Two nodes do not hear each other, the others hear both.
    PARTED(true),
    /// `kill -9` of a Cassandra server, which is started again.
    CASSANDRA_DOWN(true),
    /// A Cassandra server stands still again and again, for moments.
    CASSANDRA_SLOW(false),
    /// The simulated server closes every connection without a word.
    SOCKETS_CUT(false),
    /// The clock of a node is wrong for a while: up to an hour ahead or behind.
    CLOCK_JUMP(false);

    private final boolean heavy;

    Kind(boolean heavy) {
        this.heavy = heavy;
    }

    /// May take a node or the store away, so it waits until everything is there again.
    boolean heavy() {
        return heavy;
    }

    /// `kill`, `cut-off` and so on.
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
