package dev.waggle.wire.node;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.JidServer;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// The three stanzas that the benchmarks of all clients use, and random trees that survive a round trip unchanged.
final class NodeSamples {
    static final Jid USER = Jid.pn("5511987654321");
    static final Jid GROUP = Jid.group("120363025246125486");

    private static final List<String> TAGS = List.of("iq", "message", "enc", "to", "x:unlisted", "ütf", "receipt");
    private static final List<String> TEXTS = List.of(
            "", "0", "read-self", "5511987654321", "1-2.3", "3EB0F", "abc", "Zoë 😀", "a@s.whatsapp.net", "status");

    private NodeSamples() {}

    static Node receipt() {
        return Node.build("receipt")
                .attr("id", "3EB0A9F3C2D1E4B5A697")
                .attr("from", USER)
                .attr("type", "read")
                .attr("t", 1_760_000_000)
                .done();
    }

    static Node message() {
        return Node.build("message")
                .attr("id", "3EB0A9F3C2D1E4B5A698")
                .attr("from", GROUP)
                .attr("participant", USER)
                .attr("type", "text")
                .attr("t", 1_760_000_001)
                .attr("notify", "Maria Silva")
                .content(enc("pkmsg"), enc("skmsg"))
                .done();
    }

    private static Node enc(String type) {
        return Node.build("enc")
                .attr("v", "2")
                .attr("type", type)
                .content(Bytes.wrap(new byte[300]))
                .done();
    }

    static Node group() {
        List<Node> participants =
                IntStream.range(0, 500).mapToObj(NodeSamples::participant).toList();
        Node group = Node.build("group")
                .attr("id", "120363025246125486")
                .attr("creator", USER)
                .attr("creation", 1_650_000_000)
                .attr("subject", "Benchmark group")
                .attr("s_t", 1_650_000_001)
                .attr("s_o", USER)
                .content(participants)
                .done();
        return Node.build("iq")
                .attr("from", GROUP)
                .attr("type", "result")
                .attr("id", "12345.67890-12")
                .content(group)
                .done();
    }

    private static Node participant(int i) {
        return Node.build("participant")
                .attr("jid", Jid.pn(Long.toString(5_511_900_000_000L + i * 7919L)))
                .attr("type", i % 50 == 0 ? "admin" : null)
                .done();
    }

    static Node random(RandomGenerator random, int depth) {
        Node.Builder node = Node.build(pick(random, TAGS));
        int attributes = random.nextInt(5);
        for (int i = 0; i < attributes; i++) {
            if (random.nextBoolean()) {
                node.attr(pick(random, TAGS) + i, pick(random, TEXTS));
            } else {
                node.attr("jid", jid(random));
            }
        }
        switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> node.content(bytes(random));
            case 1 -> node.content(pick(random, List.of("read", "reject", "0123456789", "ABCDEF", ".")));
            case 2 -> {}
            default -> node.content(children(random, depth - 1));
        }
        return node.done();
    }

    private static List<Node> children(RandomGenerator random, int depth) {
        int count = random.nextInt(20) == 0 ? 300 : 1 + random.nextInt(4);
        return IntStream.range(0, count)
                .mapToObj(i -> random(random, count > 4 ? 0 : depth))
                .toList();
    }

    private static Bytes bytes(RandomGenerator random) {
        byte[] bytes = new byte[random.nextInt(20) == 0 ? random.nextInt(2000) : random.nextInt(20)];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    private static Jid jid(RandomGenerator random) {
        String user = pick(random, List.of("5511987654321", "1", "0", "abc", "status", "A1"));
        int device = random.nextInt(3) == 0 ? random.nextInt(256) : 0;
        return switch (random.nextInt(8)) {
            case 0 -> Jid.SERVER;
            case 1 -> Jid.pn(user).withDevice(device);
            case 2 -> Jid.lid(user).withDevice(device);
            case 3 -> Jid.of(user, JidServer.HOSTED).withDevice(device);
            case 4 -> Jid.of(user, JidServer.HOSTED_LID).withDevice(device);
            case 5 -> Jid.of(user, JidServer.MESSENGER).withDevice(random.nextInt(65_536));
            case 6 -> Jid.of("23-" + user, JidServer.INTEROP).withDevice(random.nextInt(65_536));
            default -> Jid.of(user, pick(random, List.of("g.us", "broadcast", "newsletter", "bot", "unheard.of")));
        };
    }

    private static <T> T pick(RandomGenerator random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
