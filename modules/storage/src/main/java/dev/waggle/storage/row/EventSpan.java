package dev.waggle.storage.row;

/// The readable part of an event log for some types.
///
/// @param floor the highest sequence of these types that was purged, 0 when none was: a reader standing below has
/// missed events
/// @param oldest the lowest sequence of these types that is there, or `latest + 1` when none is
/// @param latest the highest sequence ever appended, of any type
public record EventSpan(long floor, long oldest, long latest) {}
