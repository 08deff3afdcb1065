package dev.waggle.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Jid;
import dev.waggle.simulator.report.Attendance.Presence;
import org.junit.jupiter.api.Test;

class AttendanceTest {
    private static final Jid DEVICE = Jid.pn("8880000000001").withDevice(1);
    private static final Jid OTHER = Jid.pn("8880000000002").withDevice(1);

    private final Attendance attendance = new Report(1).attendance();

    @Test
    void a_device_that_came_back_has_both_times() {
        attendance.came(DEVICE, 1_000);
        attendance.left(DEVICE, 2_000);
        attendance.came(DEVICE, 2_300);
        assertThat(attendance.picture(2_500))
                .isEqualTo(new Attendance.Picture(
                        2_500, java.util.List.of(new Presence(DEVICE.toString(), true, 2, 2_300, 2_000))));
    }

    @Test
    void who_is_gone_does_not_go_again() {
        attendance.came(DEVICE, 1_000);
        attendance.left(DEVICE, 2_000);
        attendance.left(DEVICE, 3_000);
        attendance.left(OTHER, 3_000);
        assertThat(attendance.picture(4_000).devices())
                .containsExactly(new Presence(DEVICE.toString(), false, 1, 1_000, 2_000));
    }

    @Test
    void more_than_the_limit_are_not_kept() {
        attendance.came(DEVICE, 1_000);
        attendance.came(OTHER, 1_001);
        assertThat(attendance.picture(2_000).devices())
                .extracting(Presence::device)
                .containsExactly(DEVICE.toString());
    }
}
