package dev.waggle.platform.admin.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Which of a route's forms a client likes best (RFC 9110, 12.5.1).
final class Accepting {
    private record Range(String type, String subtype, double weight) {
        /// 0 no match, then the more exact the higher.
        int exactness(String main, String sub) {
            if (type.equals("*")) {
                return subtype.equals("*") ? 1 : 0;
            }
            if (!type.equals(main)) {
                return 0;
            }
            return subtype.equals("*") ? 2 : subtype.equals(sub) ? 3 : 0;
        }
    }

    private Accepting() {}

    /// The offered type with the highest weight, the earlier one when equal. A header that says nothing readable
    /// gets the first.
    static String choose(String header, List<String> offered) {
        List<Range> ranges = ranges(header);
        // What a file is stands in its message: a client gets it as it is.
        if (ranges.isEmpty() || offered.contains("*/*")) {
            return offered.getFirst();
        }
        String best = "";
        double weight = 0;
        for (String type : offered) {
            double now = weight(ranges, type);
            if (now > weight) {
                best = type;
                weight = now;
            }
        }
        if (best.isEmpty()) {
            throw Problem.NOT_ACCEPTABLE.because("Accept", header, "one of " + offered);
        }
        return best;
    }

    private static double weight(List<Range> ranges, String type) {
        int slash = type.indexOf('/');
        int exact = 0;
        double weight = 0;
        for (Range range : ranges) {
            int now = range.exactness(type.substring(0, slash), type.substring(slash + 1));
            if (now > exact) {
                exact = now;
                weight = range.weight();
            }
        }
        return weight;
    }

    private static List<Range> ranges(String header) {
        List<Range> ranges = new ArrayList<>();
        for (String part : header.split(",", -1)) {
            String[] pieces = part.strip().toLowerCase(Locale.ROOT).split(";", -1);
            String[] type = pieces[0].strip().split("/", -1);
            if (type.length == 2 && !type[0].isEmpty() && !type[1].isEmpty()) {
                ranges.add(new Range(type[0], type[1], weight(pieces)));
            }
        }
        return ranges;
    }

    private static double weight(String... pieces) {
        for (String piece : pieces) {
            String plain = piece.strip();
            if (plain.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")) {
                return Double.parseDouble(plain.substring(2));
            }
        }
        return 1;
    }
}
