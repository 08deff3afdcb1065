package dev.waggle.guards.rooms;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.waggle.guards.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A room knows only the rooms that [Rooms] allows it; nobody knows the platform; only `boot` knows the simulator.
final class UseRule implements RoomRule {
    @Override
    public List<Finding> check(List<JavaClass> classes) {
        List<Finding> found = new ArrayList<>();
        for (JavaClass type : classes) {
            Optional<String> room = Rooms.of(type.getPackageName());
            if (room.isEmpty()) {
                found.add(new Finding("room-unknown", Rooms.place(type), 1, "give its package a line in Rooms"));
                continue;
            }
            Rooms.known(type)
                    .map(JavaClass::getName)
                    .filter(target -> Rooms.isOurs(target) && !mayUse(type, room.get(), target))
                    .distinct()
                    .forEach(target -> found.add(
                            new Finding("room-use", Rooms.place(type), 1, room.get() + " must not know " + target)));
        }
        return found;
    }

    private static boolean mayUse(JavaClass type, String room, String target) {
        String packageName = target.substring(0, target.lastIndexOf('.'));
        boolean demonstrates = type.getPackageName().startsWith(Rooms.HOUSE + "platform.boot");
        boolean toy = packageName.startsWith(Rooms.HOUSE + "simulator");
        return Rooms.mayUse(room, packageName) && (!toy || !room.equals(Rooms.PLATFORM) || demonstrates);
    }
}
