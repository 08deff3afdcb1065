package dev.waggle.simulator.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.Group;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Contacts.Confirmation;
import dev.waggle.simulator.exchange.Contacts.FileToSend;
import dev.waggle.simulator.exchange.Contacts.HeardFile;
import dev.waggle.simulator.exchange.Exchange;
import dev.waggle.simulator.server.HttpQuestion;
import dev.waggle.simulator.server.HttpReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Phones, contacts, groups, users.
final class PeopleRoutes {
    private static final int NAME_MAX = 128;
    private static final int TEXT_MAX = 65_536;
    private static final int MEMBERS_MAX = 1_024;
    private static final int FILE_MAX = 128 << 20;
    private static final Set<String> CHANGES = Set.of("add", "remove", "promote", "demote");

    private final Exchange exchange;

    PeopleRoutes(Exchange exchange) {
        this.exchange = exchange;
    }

    HttpReply route(HttpQuestion question, List<String> path) throws JsonProcessingException {
        String route = question.method() + ' ' + String.join("/", shape(path));
        return switch (route) {
            case "POST mock-phone/scan-qr" ->
                AdminRoutes.json(
                        200,
                        user(exchange.phones().scanQr(question.body().toUtf8().strip())));
            case "POST mock-phone/enter-code" -> code(JsonBody.read(question.body()));
            case "POST contacts" -> contact(JsonBody.read(question.body()));
            case "POST contacts/*/messages" -> say(path.get(1), JsonBody.read(question.body()));
            case "POST contacts/*/receipts" -> confirm(path.get(1), JsonBody.read(question.body()));
            case "GET contacts/*/messages" -> heard(path.get(1), question.query("after", "0"));
            case "POST groups" -> group(JsonBody.read(question.body()));
            case "POST groups/*/participants" -> change(path.get(1), JsonBody.read(question.body()));
            case "GET users" -> users();
            case "DELETE users/*/devices/*" -> unlink(path.get(1), path.get(3));
            default -> throw AdminRoutes.notFound(question);
        };
    }

    /// The path with a star for each name in it.
    private static List<String> shape(List<String> path) {
        List<String> shape = new ArrayList<>();
        boolean names = !path.getFirst().equals("mock-phone");
        for (int i = 0; i < path.size(); i++) {
            shape.add(names && i % 2 == 1 ? "*" : path.get(i));
        }
        return shape;
    }

    private HttpReply code(JsonBody body) throws JsonProcessingException {
        return AdminRoutes.json(200, user(exchange.phones().enterCode(body.text("phone", 32), body.text("code", 16))));
    }

    private HttpReply contact(JsonBody body) throws JsonProcessingException {
        return AdminRoutes.json(201, user(exchange.contacts().add(body.text("name", NAME_MAX))));
    }

    private HttpReply say(String contact, JsonBody body) throws JsonProcessingException {
        Jid to = address(body.text("to", NAME_MAX));
        String id = body.has("file")
                ? exchange.contacts().send(known(contact), to, file(body.object("file")))
                : exchange.contacts().say(known(contact), to, body.text("text", TEXT_MAX));
        return AdminRoutes.json(202, Map.of("id", id));
    }

    private HttpReply confirm(String contact, JsonBody body) {
        String type = body.text("type", 16);
        Confirmation what = switch (type) {
            case "read" -> Confirmation.READ;
            case "played" -> Confirmation.PLAYED;
            default -> throw Problem.field("type", type, "read or played");
        };
        exchange.contacts().confirm(known(contact), body.text("id", NAME_MAX), what);
        return AdminRoutes.nothing();
    }

    /// Its bytes as base64, or so many that are drawn from the number itself.
    private static FileToSend file(JsonBody file) {
        return new FileToSend(
                file.text("type", 16),
                file.text("mimetype", NAME_MAX),
                drawn(file, "size").orElseGet(() -> Bytes.wrap(file.base64("bytes"))),
                file.optionalText("caption", TEXT_MAX).orElse(""),
                file.optionalText("fileName", NAME_MAX).orElse(""),
                drawn(file, "thumbnailSize").orElse(Bytes.EMPTY));
    }

    private static Optional<Bytes> drawn(JsonBody file, String field) {
        if (!file.has(field)) {
            return Optional.empty();
        }
        int size = file.number(field, 0);
        if (size < 0 || size > FILE_MAX) {
            throw Problem.field(field, Integer.toString(size), "0.." + FILE_MAX);
        }
        byte[] bytes = new byte[size];
        new java.util.Random(size).nextBytes(bytes);
        return Optional.of(Bytes.wrap(bytes));
    }

    private HttpReply heard(String contact, String after) throws JsonProcessingException {
        long from;
        try {
            from = Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw Problem.field("after", after, "a sequence number");
        }
        List<Map<String, Object>> messages = new ArrayList<>();
        for (var one : exchange.contacts().heard(known(contact), from)) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("sequence", one.sequence());
            message.put("id", one.id());
            message.put("chat", one.chat().toString());
            message.put("sender", one.sender().toString());
            message.put("fromMe", one.fromMe());
            message.put("timestamp", one.timestamp());
            message.put("type", one.type());
            message.put("text", one.text());
            HeardFile file = one.file();
            if (file != null) {
                message.put("file", file);
            }
            message.put("status", one.status());
            messages.add(message);
        }
        return AdminRoutes.json(200, Map.of("messages", messages));
    }

    private HttpReply group(JsonBody body) throws JsonProcessingException {
        List<User> members = members(body);
        if (members.isEmpty()) {
            throw Problem.field("participants", "none", "the creator first");
        }
        Group group = exchange.groupChanges().create(members.getFirst(), body.text("subject", 100), members, null);
        return AdminRoutes.json(201, group(group));
    }

    private List<User> members(JsonBody body) {
        return body.texts("participants", MEMBERS_MAX).stream().map(this::known).toList();
    }

    private HttpReply change(String id, JsonBody body) throws JsonProcessingException {
        Group group = exchange.groups().group(id.contains("@") ? Jid.parse(id) : Jid.group(id));
        if (group == null) {
            throw new Problem(404, "unknown-group", "group: " + id + " (expected: a group of this server)");
        }
        String change = body.text("change", 16);
        if (!CHANGES.contains(change)) {
            throw Problem.field("change", change, "add, remove, promote or demote");
        }
        User by = body.optionalText("by", NAME_MAX).map(this::known).orElse(group.creator());
        exchange.groupChanges().change(group, by, change, members(body));
        return AdminRoutes.json(200, group(group));
    }

    private HttpReply users() throws JsonProcessingException {
        List<Map<String, Object>> users =
                exchange.directory().users().stream().map(this::user).toList();
        return AdminRoutes.json(200, Map.of("users", users));
    }

    private HttpReply unlink(String number, String device) {
        Device gone = exchange.directory().device(known(number).pn().withDevice(deviceNumber(device)));
        if (gone == null || gone.id() == 0) {
            throw new Problem(404, "unknown-device", "device: " + device + " (expected: a linked device)");
        }
        exchange.remove(gone);
        return AdminRoutes.nothing();
    }

    private static int deviceNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Problem.field("device", text, "a number");
        }
    }

    /// A phone number with or without `+`, or a JID.
    private static Jid address(String text) {
        return text.contains("@") ? Jid.parse(text) : Jid.pn(text.startsWith("+") ? text.substring(1) : text);
    }

    private User known(String text) {
        User user = exchange.directory().user(address(text));
        if (user == null) {
            throw new Problem(404, "unknown-user", "user: not found (expected: a user of this server)");
        }
        return user;
    }

    private Map<String, Object> user(User user) {
        List<Map<String, Object>> devices = new ArrayList<>();
        for (Device device : user.devices()) {
            devices.add(Map.of(
                    "id", device.id(),
                    "online", exchange.online(device),
                    "waiting", exchange.waiting(device),
                    "preKeys", exchange.preKeys().count(device)));
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("pn", user.pn().user());
        shown.put("lid", user.lid().user());
        shown.put("jid", user.pn().toString());
        shown.put("lidJid", user.lid().toString());
        shown.put("pushName", user.pushName());
        shown.put("devices", devices);
        return shown;
    }

    private static Map<String, Object> group(Group group) {
        List<Map<String, Object>> members = new ArrayList<>();
        for (User member : group.members()) {
            Group.Role role = group.role(member);
            members.add(Map.of(
                    "pn", member.pn().user(),
                    "lid", member.lid().user(),
                    "role", String.valueOf(role).toLowerCase(Locale.ROOT)));
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", group.id().toString());
        shown.put("subject", group.subject());
        shown.put("participants", members);
        return shown;
    }
}
