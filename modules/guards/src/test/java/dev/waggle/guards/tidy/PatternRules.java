package dev.waggle.guards.tidy;

import dev.waggle.guards.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What must not stand in the text: leftovers, sleeping tests, fixed ports, paths of one machine.
final class PatternRules implements Rule {
    private record Ban(
            String rule, Predicate<Source> where, Function<Source, String> part, Pattern pattern, String says) {}

    private static final List<Ban> BANS = List.of(
            ban("leftover", source -> true, Source::comments, "\\b(TODO|FIXME|XXX|HACK)\\b", "finish it or file it"),
            ban("stack-trace", source -> true, Source::code, "\\.printStackTrace\\(", "log it or throw it"),
            ban("console", PatternRules::isQuiet, Source::code, "\\bSystem\\.(out|err)\\b", "log it"),
            ban("sleeping-test", Source::isTest, Source::code, "\\bThread\\s*\\.\\s*sleep\\(", "wait for the event"),
            ban("disabled", Source::isTest, Source::code, "@Disabled\\b\\s*(?!\\()", "say why in @Disabled(\"…\")"),
            ban("fixed-port", Source::isTest, Source::code, socket(), "bind port 0 and ask"),
            ban("fixed-port", Source::isTest, Source::literals, "(localhost|127\\.0\\.0\\.1):[1-9]\\d+", "bind port 0"),
            ban("machine-path", source -> true, Source::literals, path(), "@TempDir or a path below the root"),
            ban("machine-path", source -> true, Source::comments, path(), "not everybody's machine looks so"));

    @Override
    public List<Finding> check(List<Source> sources) {
        List<Finding> found = new ArrayList<>();
        for (Source source : sources) {
            for (Ban ban : BANS) {
                if (ban.where().test(source)) {
                    collect(source, ban, found);
                }
            }
        }
        return found;
    }

    private static void collect(Source source, Ban ban, List<Finding> found) {
        Matcher matcher = ban.pattern().matcher(ban.part().apply(source));
        while (matcher.find()) {
            String says = "'" + matcher.group().strip() + "', line " + source.lineAt(matcher.start()) + ": ";
            found.add(new Finding(ban.rule(), source.path(), 1, says + ban.says()));
        }
    }

    private static Ban ban(
            String rule, Predicate<Source> where, Function<Source, String> part, String pattern, String says) {
        return new Ban(rule, where, part, Pattern.compile(pattern), says);
    }

    /// Rooms have no console; the shell's commands, the simulator's and the benchmarks' do.
    private static boolean isQuiet(Source source) {
        return source.isMain()
                && source.path().startsWith("modules/")
                && !source.path().startsWith("modules/simulator/")
                && !source.path().startsWith("modules/benchmarks/");
    }

    private static String socket() {
        return "new (InetSocketAddress\\([^;]*?,\\s*|InetSocketAddress\\(|ServerSocket\\(|Socket\\([^;]*?,\\s*)[1-9]\\d{2,}\\b";
    }

    private static String path() {
        return "(?<![\\w/.}])/(root|home/\\w+|Users/\\w+|work|tmp)/";
    }
}
