package dev.waggle.wire.node;

/// A user of another messenger: the text form carries the integrator's number before the user, `integrator-user`.
final class Interop {
    private Interop() {}

    /// 1..65535, or 0 when the user does not begin with the number of an integrator in its only spelling.
    static int integrator(String user) {
        int dash = user.indexOf('-');
        if (dash < 1 || dash > 5 || user.charAt(0) == '0') {
            return 0;
        }
        int number = 0;
        for (int i = 0; i < dash; i++) {
            char c = user.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            number = 10 * number + c - '0';
        }
        return number <= 0xFFFF ? number : 0;
    }

    static String user(int integrator, String user) {
        return integrator == 0 ? user : integrator + "-" + user;
    }
}
