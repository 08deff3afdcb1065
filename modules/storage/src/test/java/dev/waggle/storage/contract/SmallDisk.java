package dev.waggle.storage.contract;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A real file system of a few megabytes, to be filled: a tmpfs, for which one has to be root on Linux.
public final class SmallDisk implements AutoCloseable {
    private static final int PART = 1 << 16;

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /// Empty, with a line on standard error, where nothing can be mounted.
    public static Optional<SmallDisk> mount(Path directory, int megabytes) throws IOException {
        Files.createDirectories(directory);
        if (run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "waggle-test", directory.toString())) {
            return Optional.of(new SmallDisk(directory));
        }
        System.err.println("NOT TESTED: a full disk needs a file system of its own, which only root can mount");
        return Optional.empty();
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public Path directory() {
        return directory;
    }

    /// Leaves at most so many bytes.
    public void fill(long left) throws IOException {
        Path filler = directory.resolve("filler");
        byte[] part = new byte[PART];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (Files.getFileStore(directory).getUsableSpace() > left) {
                out.write(part);
            }
        }
    }

    /// Leaves nothing.
    public void fill() {
        try (OutputStream out = Files.newOutputStream(directory.resolve("filler"))) {
            while (true) {
                out.write(new byte[512]);
            }
        } catch (IOException e) {
            // That is what a full disk says.
        }
    }

    public void makeRoom() throws IOException {
        Files.delete(directory.resolve("filler"));
    }

    @Override
    public void close() {
        run("umount", "-l", directory.toString());
    }
}
