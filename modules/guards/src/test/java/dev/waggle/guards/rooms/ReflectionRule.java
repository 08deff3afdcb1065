package dev.waggle.guards.rooms;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.waggle.guards.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// No code of ours looks into classes at run time: what is wired is wired in the open. `ServiceLoader` and views of
/// a byte array through a `VarHandle` are no reflection in this sense.
final class ReflectionRule implements RoomRule {
    private static final Pattern TYPE = Pattern.compile("java\\.lang\\.reflect\\..*");
    private static final Pattern CALL = Pattern.compile(
            "java\\.lang\\.Class\\.(forName|newInstance|getDeclared\\w+|get(Field|Method|Constructor|RecordComponent|Annotation)\\w*)"
                    + "|java\\.lang\\.ClassLoader\\.(loadClass|defineClass)"
                    + "|java\\.lang\\.invoke\\.MethodHandles\\.(privateLookupIn|reflectAs)"
                    + "|java\\.lang\\.invoke\\.MethodHandles\\$Lookup\\.(find|unreflect|define)\\w*");

    @Override
    public List<Finding> check(List<JavaClass> classes) {
        List<Finding> found = new ArrayList<>();
        for (JavaClass type : classes) {
            Stream<String> types = Rooms.known(type).map(JavaClass::getName).filter(TYPE.asMatchPredicate());
            Stream<String> calls = type.getAccessesFromSelf().stream()
                    .map(access -> access.getTargetOwner().getName() + "."
                            + access.getTarget().getName())
                    .filter(CALL.asMatchPredicate())
                    .distinct();
            Stream.concat(types, calls)
                    .map(what -> new Finding("room-reflection", Rooms.place(type), 1, "uses " + what))
                    .forEach(found::add);
        }
        return found;
    }
}
