package dev.waggle.guards.rooms;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.waggle.guards.Finding;
import java.util.List;

/// A rule over the compiled classes of all rooms at once. A finding's place is the name of the outermost class.
interface RoomRule {
    List<Finding> check(List<JavaClass> classes);
}
