package dev.waggle.storage.sqlite;

import dev.waggle.storage.StoreException;
import dev.waggle.storage.row.DeviceList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// Small lists in one column. Texts are written `length:text` one after the other, whatever they hold; devices as
/// `id,keyIndex,h` parted by `;`, with an empty key index and no `h` when there is none.
final class Texts {
    private Texts() {}

    static String of(Collection<String> texts) {
        return texts.stream().map(text -> text.length() + ":" + text).collect(Collectors.joining());
    }

    static List<String> list(String column) {
        List<String> texts = new ArrayList<>();
        int at = 0;
        while (at < column.length()) {
            int colon = column.indexOf(':', at);
            int end = colon + 1 + number(column, at, colon);
            if (end > column.length()) {
                throw corrupt(column);
            }
            texts.add(column.substring(colon + 1, end));
            at = end;
        }
        return texts;
    }

    static String of(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> of(List.of(pair.getKey(), pair.getValue())))
                .collect(Collectors.joining());
    }

    static Map<String, String> map(String column) {
        List<String> texts = list(column);
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            pairs.put(texts.get(i), texts.get(i + 1));
        }
        return pairs;
    }

    static String ofDevices(List<DeviceList.Device> devices) {
        return devices.stream()
                .map(device -> device.id() + "," + index(device) + (device.hosted() ? ",h" : ","))
                .collect(Collectors.joining(";"));
    }

    private static String index(DeviceList.Device device) {
        return device.keyIndex().isPresent()
                ? Integer.toString(device.keyIndex().getAsInt())
                : "";
    }

    static List<DeviceList.Device> devices(String column) {
        return column.isEmpty()
                ? List.of()
                : List.of(column.split(";", -1)).stream().map(Texts::device).toList();
    }

    private static DeviceList.Device device(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 3) {
            throw corrupt(text);
        }
        OptionalInt keyIndex =
                parts[1].isEmpty() ? OptionalInt.empty() : OptionalInt.of(number(parts[1], 0, parts[1].length()));
        return new DeviceList.Device(number(parts[0], 0, parts[0].length()), keyIndex, parts[2].equals("h"));
    }

    private static int number(String text, int from, int to) {
        try {
            return Integer.parseInt(text, from, to, 10);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw corrupt(text);
        }
    }

    private static StoreException corrupt(String column) {
        return new StoreException(
                StoreException.Code.STORAGE_CORRUPT, "a list column of " + column.length() + " characters");
    }
}
