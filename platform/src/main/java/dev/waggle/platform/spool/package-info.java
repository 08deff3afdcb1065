/// Encrypted files on disk, below the data directory.
///
/// - Knows: where each file is, how old it is, how much there is in all.
/// - Receives: files that are to be sent, encrypted files that were fetched.
/// - Gives: their encrypted bytes, and what opens them.
/// - Never: writes a byte of a file in the clear, or removes one that an open send needs.
/// - First file to read: [FileSpool].
@NullMarked
package dev.waggle.platform.spool;

import org.jspecify.annotations.NullMarked;
