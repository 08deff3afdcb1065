package dev.waggle.guards.rooms;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.waggle.guards.Finding;
import java.util.List;
import java.util.regex.Pattern;

/// No class, nested or not, ends in a word that says nothing.
final class NameRule implements RoomRule {
    private static final Pattern EMPTY = Pattern.compile("\\w*(Manager|Helper|Util|Utils|Impl)");

    @Override
    public List<Finding> check(List<JavaClass> classes) {
        return classes.stream()
                .filter(type -> EMPTY.matcher(type.getSimpleName()).matches())
                .map(type -> new Finding("room-name", type.getName(), 1, "say what it is or does"))
                .toList();
    }
}
