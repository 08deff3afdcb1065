package dev.waggle.guards.tidy;

import dev.waggle.guards.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Files stop at 400 lines, methods at 60, packages at 20 files.
final class SizeRules implements Rule {
    static final int FILE_LINES_MAX = 400;
    static final int METHOD_LINES_MAX = 60;
    static final int PACKAGE_FILES_MAX = 20;

    @Override
    public List<Finding> check(List<Source> sources) {
        List<Finding> found = new ArrayList<>();
        for (Source source : sources) {
            int lines = source.lines().size();
            if (lines > FILE_LINES_MAX) {
                found.add(new Finding("file-lines", source.path(), lines, "at most " + FILE_LINES_MAX));
            }
            for (Methods.Method method : Methods.of(source)) {
                if (method.lines() > METHOD_LINES_MAX) {
                    String place = source.path() + "#" + method.name();
                    found.add(new Finding("method-lines", place, method.lines(), "at most " + METHOD_LINES_MAX));
                }
            }
        }
        Map<String, Long> folders =
                sources.stream().collect(Collectors.groupingBy(Source::folder, Collectors.counting()));
        folders.forEach((folder, files) -> {
            if (files > PACKAGE_FILES_MAX) {
                found.add(new Finding("package-files", folder, files.intValue(), "at most " + PACKAGE_FILES_MAX));
            }
        });
        return found;
    }
}
