/// Real Cassandra servers as child processes on loopback, for tests, demonstrations and faults.
///
/// - Knows: how a server is configured small, started on a JDK 17 and ended.
/// - Receives: a directory for its data and what it should be like.
/// - Gives: a server whose native port answers.
/// - Never: shares a jar with it, uses a fixed port, listens on anything but loopback.
/// - First file to read: [dev.waggle.cassandra.CassandraServer].
@NullMarked
package dev.waggle.cassandra;

import org.jspecify.annotations.NullMarked;
