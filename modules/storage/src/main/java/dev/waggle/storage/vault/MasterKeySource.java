package dev.waggle.storage.vault;

import dev.waggle.address.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A master key and where it came from, for whoever starts the node to say so once.
///
/// @param where such as `environment` or the file's path
/// @param generated true when it was made just now: the operator has to keep a copy, without it no backup can be
/// read
public record MasterKeySource(MasterKey key, String where, boolean generated) {
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> OWNER_READ_ONLY = EnumSet.of(PosixFilePermission.OWNER_READ);

    /// The text of the environment wins; then the file; without either the file is made, readable by its owner
    /// only.
    ///
    /// @param text 64 hex digits or base64, as a variable holds it
    /// @param file 32 raw bytes, or the same texts
    /// @throws MasterKeyException when the key is malformed, or the file is readable by others
    public static MasterKeySource find(@Nullable String text, Path file, SecureRandom random) {
        if (text != null && !text.isBlank()) {
            return new MasterKeySource(MasterKey.parse(text), "environment", false);
        }
        try {
            return read(file);
        } catch (NoSuchFileException e) {
            return generate(file, random);
        } catch (IOException e) {
            throw new MasterKeyException("master key file", file.toString(), "a readable file", e);
        }
    }

    private static MasterKeySource read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (!permissions.equals(OWNER) && !permissions.equals(OWNER_READ_ONLY)) {
                throw new MasterKeyException(
                        "permissions of " + file, PosixFilePermissions.toString(permissions), "rw------- or r--------");
            }
        }
        MasterKey key = content.length == MasterKey.BYTES
                ? new MasterKey(Bytes.wrap(content))
                : MasterKey.parse(new String(content, StandardCharsets.US_ASCII));
        return new MasterKeySource(key, file.toString(), false);
    }

    private static MasterKeySource generate(Path file, SecureRandom random) {
        byte[] key = new byte[MasterKey.BYTES];
        random.nextBytes(key);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes =
                posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)} : new FileAttribute<?>[0];
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try (FileChannel channel = FileChannel.open(
                    file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
                channel.write(
                        ByteBuffer.wrap((HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            return new MasterKeySource(new MasterKey(Bytes.wrap(key)), file.toString(), true);
        } catch (FileAlreadyExistsException e) {
            return find(null, file, random);
        } catch (IOException e) {
            throw new MasterKeyException("master key file", file.toString(), "a place that can be written to", e);
        }
    }
}
