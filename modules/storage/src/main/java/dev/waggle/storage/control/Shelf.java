package dev.waggle.storage.control;

/// Kinds of documents that are kept whole and only read by their owners. Names are stored: never rename one.
public enum Shelf {
    WEBHOOK,
    OPERATION,
    PLUGIN,
    SETTING,
    WEBHOOK_CURSOR,
    DEAD_LETTER,
    LEASE
}
