package dev.waggle.simulator.report;

import dev.waggle.address.Jid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// When each device logged in and when it was gone, in milliseconds of the epoch. Belongs to the exchange's thread.
public final class Attendance {
    private final Map<String, Presence> devices = new LinkedHashMap<>();
    private final int entriesMax;

    Attendance(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    /// @param device as in the report
    /// @param present whether it is logged in now
    /// @param logins how often it logged in
    /// @param came when it last did
    /// @param left when it was last gone; 0: never
    public record Presence(String device, boolean present, long logins, long came, long left) {}

    /// @param now by the same clock
    public record Picture(long now, List<Presence> devices) {
        public Picture {
            devices = List.copyOf(devices);
        }
    }

    /// It logged in.
    public void came(Jid device, long at) {
        String name = device.toString();
        Presence before = devices.get(name);
        if (before != null) {
            devices.put(name, new Presence(name, true, before.logins() + 1, at, before.left()));
        } else if (devices.size() < entriesMax) {
            devices.put(name, new Presence(name, true, 1, at, 0));
        }
    }

    /// Its connection ended. Without effect when it was not there.
    public void left(Jid device, long at) {
        devices.computeIfPresent(
                device.toString(),
                (name, before) ->
                        before.present() ? new Presence(name, false, before.logins(), before.came(), at) : before);
    }

    /// Everybody who ever logged in, up to the report's limit.
    public Picture picture(long now) {
        return new Picture(now, new ArrayList<>(devices.values()));
    }
}
