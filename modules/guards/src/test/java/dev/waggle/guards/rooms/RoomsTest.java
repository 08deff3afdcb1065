package dev.waggle.guards.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.waggle.guards.Exemptions;
import dev.waggle.guards.Finding;
import dev.waggle.guards.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The compiled classes against the rules of the house. What we live with stands in
/// `modules/guards/exemptions.txt`.
class RoomsTest {
    static final List<RoomRule> RULES = List.of(
            new UseRule(),
            new PlatformRule(),
            new CycleRule(),
            new PureRule(),
            new ReflectionRule(),
            new NameRule(),
            new NullMarkRule());

    @Test
    void the_rooms_keep_to_themselves() {
        Tree tree = Tree.current();
        List<JavaClass> classes = read(tree.modules().stream()
                .filter(module -> Files.isDirectory(module.resolve("src/main/java")) && !module.endsWith("guards"))
                .map(RoomsTest::classes)
                .toList());
        assertThat(classes).as("compiled classes").hasSizeGreaterThan(500);
        List<Finding> found = new ArrayList<>();
        RULES.forEach(rule -> found.addAll(rule.check(classes)));
        String exemptions = Tree.read(tree.root().resolve("modules/guards/exemptions.txt"));
        assertThat(Exemptions.parse(exemptions).ofRooms().apply(found)).isEmpty();
    }

    /// Without the classes they refer to: what is asked of a foreign class is its name.
    static List<JavaClass> read(List<Path> folders) {
        return List.copyOf(new ClassFileImporter().importPaths(folders));
    }

    private static Path classes(Path module) {
        Path classes = module.resolve("target/classes");
        assertThat(classes).as("compile the whole tree first").isDirectory();
        return classes;
    }
}
