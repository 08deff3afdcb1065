package dev.waggle.deploy.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a page tells people to type must be there: commands, routes, settings, metrics, other pages.
final class Runbooks {
    private static final Pattern COMMAND = Pattern.compile("bin/waggle ([a-z-]+)(?: ([a-z-]+)(?=\\s|`|$))?");
    private static final Pattern ROUTE = Pattern.compile("(?:HOST:8470|(?:GET|PUT|POST|DELETE) )(/[\\w/{}-]+)");
    private static final Pattern SETTING = Pattern.compile("`(waggle(?:\\.[a-z-]+)+)`");
    private static final Pattern NAMED = Pattern.compile("name = \"([a-z-]+)\"");
    private static final Pattern PAGE = Pattern.compile("\\bWaggle[A-Z]\\w+");
    private static final Set<String> GROUPS = Set.of("account", "cluster", "webhook", "keys");

    private final Set<String> commands = new TreeSet<>();
    private final List<Pattern> routes = new ArrayList<>();

    Runbooks() {
        for (String folder : List.of("cli", "boot")) {
            for (Path file : sources(folder)) {
                NAMED.matcher(Deploy.read(file)).results().forEach(name -> commands.add(name.group(1)));
            }
        }
        JsonNode api = Yaml.document("openapi.json", Deploy.read(Deploy.root().resolve("docs/openapi.json")));
        api.path("paths")
                .properties()
                .forEach(path -> routes.add(Pattern.compile(path.getKey().replaceAll("\\{\\w+}", "[^/]+"))));
    }

    private static List<Path> sources(String folder) {
        return Deploy.files("../platform/src/main/java/dev/waggle/platform/" + folder, ".java");
    }

    static Map<String, String> pages() {
        Map<String, String> pages = new TreeMap<>();
        Deploy.files("runbooks", ".md")
                .forEach(file -> pages.put(file.getFileName().toString(), Deploy.read(file)));
        return pages;
    }

    List<Breach> check(Map<String, String> pages) {
        List<Breach> found = new ArrayList<>();
        pages.forEach((name, text) -> {
            String place = "runbooks/" + name;
            Matcher command = COMMAND.matcher(text);
            while (command.find()) {
                boolean grouped = GROUPS.contains(command.group(1));
                if (!commands.contains(command.group(1))
                        || (grouped && !commands.contains(String.valueOf(command.group(2))))) {
                    found.add(new Breach(place, "no such command: " + command.group()));
                }
            }
            ROUTE.matcher(text)
                    .results()
                    .map(route -> route.group(1))
                    .filter(route -> routes.stream()
                            .noneMatch(known -> known.matcher(route).matches()))
                    .forEach(route -> found.add(new Breach(place, "no such route: " + route)));
            SETTING.matcher(text)
                    .results()
                    .map(setting -> setting.group(1))
                    .filter(setting -> !Settings.known(setting))
                    .forEach(setting -> found.add(new Breach(place, "no such setting: " + setting)));
            PAGE.matcher(text)
                    .results()
                    .map(page -> page.group() + ".md")
                    .filter(page -> !pages.containsKey(page))
                    .forEach(page -> found.add(new Breach(place, "no such page: " + page)));
        });
        return found;
    }
}
