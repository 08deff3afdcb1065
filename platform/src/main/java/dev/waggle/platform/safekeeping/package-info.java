/// What a person does to a store apart from running a node on it: copies for another day, the way back, other keys.
///
/// - Knows: backups and their manifest, master keys and where they lie.
/// - Receives: a driver, a data directory, a master key.
/// - Gives: a backup, a store of a new incarnation, a store under another master key.
/// - Never: runs accounts; shows a key.
/// - First file to read: [Backup].
@NullMarked
package dev.waggle.platform.safekeeping;

import org.jspecify.annotations.NullMarked;
