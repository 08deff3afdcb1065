package dev.waggle.guards.rooms;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.waggle.guards.Finding;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Every package is `@NullMarked` by its `package-info`, as the compiler saw it.
final class NullMarkRule implements RoomRule {
    private static final String MARK = "org.jspecify.annotations.NullMarked";

    @Override
    public List<Finding> check(List<JavaClass> classes) {
        Set<String> marked = classes.stream()
                .filter(type -> type.getSimpleName().equals("package-info") && type.isAnnotatedWith(MARK))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());
        return classes.stream()
                .map(JavaClass::getPackageName)
                .distinct()
                .filter(name -> !marked.contains(name))
                .sorted()
                .map(name -> new Finding("room-null-mark", name, 1, "has no package-info with @NullMarked"))
                .toList();
    }
}
