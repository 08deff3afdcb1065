/// The rows that stores keep and give back.
///
/// - Knows: what belongs to one row and which values it may hold.
/// - Receives: values of the address room.
/// - Gives: validated, immutable rows; times are cut to milliseconds.
/// - Never: says how a row is stored.
/// - First file to read: [dev.waggle.storage.row.MessageKey].
@NullMarked
package dev.waggle.storage.row;

import org.jspecify.annotations.NullMarked;
