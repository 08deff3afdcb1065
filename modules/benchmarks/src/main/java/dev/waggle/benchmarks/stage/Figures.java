package dev.waggle.benchmarks.stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the kernel, and its JVM, tell of a process.
///
/// @param rssKib resident memory, all of it: `VmRSS`
/// @param anonymousKib of it what no file backs: heap, off-heap, stacks, code
/// @param heapKib used heap
/// @param threads of the kernel
/// @param cpuSeconds user and system time since the process began
public record Figures(long rssKib, long anonymousKib, long heapKib, int threads, double cpuSeconds) {
    private static final Path PROC = Path.of("/proc");
    private static final double TICKS_PER_SECOND = 100;
    private static final Pattern HEAP = Pattern.compile("used (\\d+)K");
    private static final Pattern COMPILER = Pattern.compile("\\(C[12] Compiler");
    private static final long GIVEN_BACK_SECONDS = 5;
    private static final long JCMD_MAX_SECONDS = 60;
    /// Of the fields after the name: 14 and 15 in all.
    private static final int UTIME = 11;

    private static final int STIME = 12;

    /// As it is now. The heap is what was in use after the last collection and what came since.
    public static Figures of(long pid) throws IOException, InterruptedException {
        String status = read(pid, "status");
        return new Figures(
                field(status, "VmRSS"),
                field(status, "RssAnon"),
                heap(pid),
                (int) field(status, "Threads"),
                cpuSeconds(pid));
    }

    /// After a full collection of its garbage, which also gives back what the heap does not need.
    public static Figures collected(long pid) throws IOException, InterruptedException {
        var _ = jcmd(pid, "GC.run");
        // G1 gives regions back in small steps, after it has said that it is done.
        TimeUnit.SECONDS.sleep(GIVEN_BACK_SECONDS);
        return of(pid);
    }

    public static double cpuSeconds(long pid) throws IOException {
        return seconds(read(pid, "stat"));
    }

    /// Of it what the threads that compile have spent; those that have ended are not counted.
    public static double compilerSeconds(long pid) throws IOException {
        double seconds = 0;
        try (DirectoryStream<Path> tasks =
                Files.newDirectoryStream(PROC.resolve(Long.toString(pid)).resolve("task"))) {
            for (Path task : tasks) {
                String stat = Files.readString(task.resolve("stat"), StandardCharsets.ISO_8859_1);
                if (COMPILER.matcher(stat).find()) {
                    seconds += seconds(stat);
                }
            }
        } catch (NoSuchFileException e) {
            // A thread ended while this looked at it.
            return seconds;
        }
        return seconds;
    }

    private static double seconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
    }

    /// What `jcmd` of this JDK answers; empty when there is none.
    public static String jcmd(long pid, String... command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return "";
        }
        ProcessBuilder builder = new ProcessBuilder(jcmd.toString(), Long.toString(pid)).redirectErrorStream(true);
        builder.command().addAll(java.util.List.of(command));
        Process process = builder.start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(JCMD_MAX_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return answer;
    }

    private static long heap(long pid) throws IOException, InterruptedException {
        Matcher used = HEAP.matcher(jcmd(pid, "GC.heap_info"));
        return used.find() ? Long.parseLong(used.group(1)) : 0;
    }

    private static String read(long pid, String file) throws IOException {
        return Files.readString(PROC.resolve(Long.toString(pid)).resolve(file), StandardCharsets.ISO_8859_1);
    }

    private static long field(String status, String name) {
        Matcher matcher = Pattern.compile("(?m)^" + name + ":\\s+(\\d+)").matcher(status);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "rss %d KiB, anonymous %d KiB, heap %d KiB, %d threads, %.1f s of processor time",
                rssKib,
                anonymousKib,
                heapKib,
                threads,
                cpuSeconds);
    }
}
