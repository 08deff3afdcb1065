package dev.waggle.platform.port;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.media.MediaType;
import dev.waggle.proto.journal.SpooledFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Predicate;

/// Encrypted files on this node: those that wait to be sent, and those that were fetched. What is on disk is what
/// the media hosts keep, never the file itself; what opens it is sealed. All calls block; thread-safe.
public interface Spool {
    /// A file that waits to be sent, under a name of its own.
    record Waiting(String id, SpooledFile about) {}

    /// Encrypts a file as it comes in, under keys drawn for it, and is durable when this returns.
    ///
    /// @param announced its length; below 0 when nobody says
    /// @throws SpoolException when it is too large or there is no room
    Waiting take(AccountId account, MediaType type, String mimetype, InputStream file, long announced)
            throws IOException;

    /// The file of that name; asking for it keeps it for another while.
    Optional<Waiting> find(AccountId account, String id) throws IOException;

    /// The same file under the keys of another type: a new one, unless the keys are the same.
    Waiting as(AccountId account, Waiting file, MediaType type) throws IOException;

    /// The same file under keys that a given media key becomes: a thumbnail has no media key of its own in the
    /// message of its file.
    Waiting under(AccountId account, Waiting file, MediaType type, Bytes mediaKey) throws IOException;

    /// The encrypted bytes of a waiting file from an offset on.
    InputStream encrypted(AccountId account, String id, long offset) throws IOException;

    /// True when the encrypted file of that hash was fetched and is still there.
    boolean kept(AccountId account, Bytes encryptedSha256);

    /// Writes what is fetched to a place of its own and keeps it under that hash when `write` returns.
    ///
    /// @throws SpoolException when there is no room for that many bytes
    void keep(AccountId account, Bytes encryptedSha256, long bytes, Writer write) throws IOException;

    /// Writes a file, and fails when it is not the one that is wanted.
    @FunctionalInterface
    interface Writer {
        void write(OutputStream out) throws IOException;
    }

    /// The encrypted bytes of a fetched file from an offset on.
    InputStream fetched(AccountId account, Bytes encryptedSha256, long offset) throws IOException;

    /// From now on says which waiting files open sends need: only those of accounts that say so are ever removed.
    void watch(AccountId account, Predicate<String> needed);

    void unwatch(AccountId account);

    /// Forgets everything of an account.
    void erase(AccountId account);
}
