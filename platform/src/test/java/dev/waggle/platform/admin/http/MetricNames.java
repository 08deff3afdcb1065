package dev.waggle.platform.admin.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `deploy/metrics.txt`: what a node tells, which dashboards and alerts are held against.
public final class MetricNames {
    private static final Path FILE = Path.of("../deploy/metrics.txt");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    private MetricNames() {}

    /// Names with their labels.
    ///
    /// @param when the section of the file, such as `always`
    public static Map<String, Set<String>> written(String when) throws IOException {
        Map<String, Set<String>> names = new TreeMap<>();
        String section = "";
        for (String line : Files.readAllLines(FILE)) {
            if (line.startsWith("[")) {
                section = line.substring(1, line.length() - 1);
            } else if (section.equals(when) && !line.isBlank() && !line.startsWith("#")) {
                sample(line + " 1", names);
            }
        }
        return names;
    }

    /// What a scrape tells.
    public static Map<String, Set<String>> told(String scrape) {
        Map<String, Set<String>> names = new TreeMap<>();
        scrape.lines().filter(line -> !line.startsWith("#")).forEach(line -> sample(line, names));
        return names;
    }

    private static void sample(String line, Map<String, Set<String>> names) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new IllegalArgumentException("no sample: " + line);
        }
        Set<String> labels = names.computeIfAbsent(sample.group(1), _ -> new TreeSet<>());
        if (sample.group(2) != null) {
            Matcher label = LABEL.matcher(sample.group(2).contains("=") ? sample.group(2) : listed(sample.group(2)));
            while (label.find()) {
                labels.add(label.group(1));
            }
        }
    }

    private static String listed(String labels) {
        return labels.replace(",", "=\"") + "=\"";
    }
}
