/// The one driver session, and what its failures mean to us.
///
/// - Knows: how a session is configured, and who still needs it.
/// - Receives: settings.
/// - Gives: sessions that stores and journal share; [dev.waggle.storage.StoreException]s.
/// - Never: knows a table.
/// - First file to read: [dev.waggle.persistence.cassandra.link.Link].
@NullMarked
package dev.waggle.persistence.cassandra.link;

import org.jspecify.annotations.NullMarked;
