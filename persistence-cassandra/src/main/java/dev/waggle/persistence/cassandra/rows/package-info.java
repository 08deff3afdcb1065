/// The rows of accounts: one writer each, several partitions each, batches that are one step.
///
/// - Knows: which row lies in which partition, how a batch over several of them is one step, who may write.
/// - Receives: steps and questions of [dev.waggle.storage.keyvalue.KeyValueProvider].
/// - Gives: [dev.waggle.persistence.cassandra.rows.RoomValues].
/// - Never: writes with the time of a clock.
/// - First file to read: [dev.waggle.persistence.cassandra.rows.Room].
@NullMarked
package dev.waggle.persistence.cassandra.rows;

import org.jspecify.annotations.NullMarked;
