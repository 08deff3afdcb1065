package dev.waggle.stanza;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Well-formed nodes as a server sends them, for tests that read them and for tests that break them.
public final class Samples {
    public static final Jid ALICE = Jid.pn("4915100000001");
    public static final Jid ALICE_LID = Jid.lid("100000000000001");
    public static final Jid BOB = Jid.pn("4915100000002");
    public static final Jid BOB_LID = Jid.lid("100000000000002");
    public static final Jid GROUP = Jid.group("120363021033254949");
    public static final Jid GROUPS = Jid.of("", "g.us");

    private Samples() {}

    /// `size` bytes of `value`.
    public static Bytes bytes(int size, int value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return Bytes.wrap(bytes);
    }

    public static Node text(String tag, String content) {
        return Node.of(tag, Bytes.utf8(content));
    }

    public static Node enc(String type, int size) {
        return Node.build("enc")
                .attr("v", 2)
                .attr("type", type)
                .content(bytes(size, 7))
                .done();
    }

    public static Node message() {
        return Node.build("message")
                .attr("id", "3EB0AA")
                .attr("from", BOB_LID.withDevice(3))
                .attr("sender_pn", BOB)
                .attr("type", "text")
                .attr("t", 1_700_000_000)
                .attr("notify", "Bob")
                .attr("addressing_mode", "lid")
                .attr("offline", 2)
                .content(enc("pkmsg", 90), Node.of("device-identity", bytes(40, 1)))
                .done();
    }

    public static Node groupMessage() {
        return Node.build("message")
                .attr("id", "3EB0AB")
                .attr("from", GROUP)
                .attr("participant", BOB_LID.withDevice(3))
                .attr("participant_pn", BOB.withDevice(3))
                .attr("addressing_mode", "lid")
                .attr("type", "text")
                .attr("t", 1_700_000_001)
                .content(enc("msg", 50), enc("skmsg", 60))
                .done();
    }

    public static Node signedKey() {
        return Node.of(
                "skey",
                Node.of("id", Bytes.hex("000005")),
                Node.of("value", bytes(32, 3)),
                Node.of("signature", bytes(64, 4)));
    }

    public static Node oneTimeKey() {
        return Node.of("key", Node.of("id", Bytes.hex("00ffee")), Node.of("value", bytes(32, 5)));
    }

    public static Node retryReceipt() {
        Node keys = Node.of(
                "keys",
                Node.of("type", Bytes.of((byte) 5)),
                Node.of("identity", bytes(32, 2)),
                oneTimeKey(),
                signedKey(),
                Node.of("device-identity", bytes(44, 6)));
        return Node.build("receipt")
                .attr("id", "3EB0AC")
                .attr("from", BOB_LID.withDevice(3))
                .attr("type", "retry")
                .attr("t", 1_700_000_002)
                .content(
                        Node.build("retry")
                                .attr("v", 1)
                                .attr("count", 2)
                                .attr("id", "3EB0AC")
                                .attr("t", 1_699_999_999)
                                .attr("error", 7)
                                .done(),
                        Node.of("registration", Bytes.hex("0000abcd")),
                        keys)
                .done();
    }

    public static Node readReceipt() {
        return Node.build("receipt")
                .attr("id", "A1")
                .attr("from", BOB_LID)
                .attr("type", "read")
                .attr("t", 1_700_000_003)
                .content(Node.of(
                        "list",
                        Node.build("item").attr("id", "A2").done(),
                        Node.build("item").attr("id", "A3").done()))
                .done();
    }

    public static Node groupedReceipt() {
        return Node.build("receipt")
                .attr("id", "R9")
                .attr("from", GROUP)
                .attr("type", "read")
                .attr("t", 1_700_000_003)
                .content(Node.build("participants")
                        .attr("key", "A1")
                        .content(
                                Node.build("user")
                                        .attr("jid", ALICE_LID)
                                        .attr("t", 1_700_000_001)
                                        .done(),
                                Node.build("user")
                                        .attr("jid", BOB_LID)
                                        .attr("t", 1_700_000_002)
                                        .done())
                        .done())
                .done();
    }

    public static Node pairDevice() {
        return Node.build("iq")
                .attr("id", "p1")
                .attr("from", Jid.SERVER)
                .attr("type", "set")
                .attr("xmlns", "md")
                .content(Node.of("pair-device", text("ref", "2@one"), text("ref", "2@two")))
                .done();
    }

    public static Node pairSuccess() {
        Node device = Node.build("device")
                .attr("jid", ALICE.withDevice(7))
                .attr("lid", ALICE_LID.withDevice(7))
                .done();
        return Node.build("iq")
                .attr("id", "p2")
                .attr("from", Jid.SERVER)
                .attr("type", "set")
                .attr("xmlns", "md")
                .content(Node.of(
                        "pair-success",
                        Node.of("device-identity", bytes(100, 1)),
                        Node.build("biz").attr("name", "Shop").done(),
                        device,
                        Node.build("platform").attr("name", "android").done()))
                .done();
    }

    public static Node notification(String type, Jid from, Node... content) {
        return Node.build("notification")
                .attr("id", "n1")
                .attr("from", from)
                .attr("type", type)
                .attr("t", 1_700_000_004)
                .content(List.of(content))
                .done();
    }

    public static Node devicesAdded() {
        Node device = Node.build("device")
                .attr("jid", BOB.withDevice(4))
                .attr("lid", BOB_LID.withDevice(4))
                .attr("key-index", 2)
                .done();
        Node add = Node.build("add")
                .attr("device_hash", "2:AAAAAAAA")
                .content(
                        device,
                        Node.build("key-index-list")
                                .attr("ts", 1)
                                .content(bytes(20, 1))
                                .done())
                .done();
        return notification("devices", BOB, add).with("lid", BOB_LID);
    }

    public static Node groupNotification() {
        Node bob = Node.build("participant")
                .attr("jid", BOB_LID)
                .attr("phone_number", BOB)
                .done();
        return notification(
                        "w:gp2",
                        GROUP,
                        Node.build("add").attr("reason", "invite").content(bob).done(),
                        Node.build("remove").content(bob).done(),
                        Node.build("subject").attr("subject", "New").done(),
                        Node.build("ephemeral").attr("expiration", 86_400).done(),
                        Node.of("description", text("body", "About")),
                        Node.of("not_announcement"),
                        Node.of("something_new"))
                .with("participant", ALICE_LID);
    }

    public static Node group() {
        return Node.build("group")
                .attr("id", GROUP.user())
                .attr("subject", "Bees")
                .attr("creation", 1_600_000_000)
                .attr("creator", ALICE_LID)
                .attr("addressing_mode", "lid")
                .content(
                        Node.of("description", text("body", "About")),
                        Node.of("announcement"),
                        Node.build("ephemeral").attr("expiration", 604_800).done(),
                        Node.build("participant")
                                .attr("jid", ALICE_LID)
                                .attr("phone_number", ALICE)
                                .attr("type", "superadmin")
                                .done(),
                        Node.build("participant").attr("jid", BOB_LID).done())
                .done();
    }

    public static Node linkCodeHello() {
        return notification(
                "link_code_companion_reg",
                Jid.SERVER,
                Node.build("link_code_companion_reg")
                        .attr("stage", "primary_hello")
                        .content(
                                text("link_code_pairing_ref", "ref"),
                                Node.of("link_code_pairing_wrapped_primary_ephemeral_pub", bytes(80, 1)),
                                Node.of("primary_identity_pub", bytes(32, 2)))
                        .done());
    }

    public static Node ib(Node item) {
        return Node.build("ib").attr("from", Jid.SERVER).content(item).done();
    }

    public static Node failure(int reason) {
        return Node.build("failure")
                .attr("reason", reason)
                .attr("location", "atn")
                .done();
    }

    public static Node streamError(String code, Node... content) {
        return Node.build("stream:error")
                .attr("code", code.isEmpty() ? null : code)
                .content(List.of(content))
                .done();
    }

    /// One of each kind.
    public static List<Node> all() {
        return Stream.of(conversations(), notifications(), connection(), rest())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Node> conversations() {
        return List.of(
                message(),
                groupMessage(),
                retryReceipt(),
                readReceipt(),
                groupedReceipt(),
                pairDevice(),
                pairSuccess());
    }

    public static Node mediaRetried(Bytes payload, Bytes nonce) {
        Node sealed = Node.of("encrypt", Node.of("enc_p", payload), Node.of("enc_iv", nonce));
        Node owner = Node.build("rmr")
                .attr("jid", GROUP)
                .attr("from_me", "false")
                .attr("participant", BOB_LID)
                .done();
        return notification("mediaretry", ALICE, sealed, owner);
    }

    private static List<Node> notifications() {
        Node count = Node.build("count").attr("value", 4).done();
        Node devices = Node.build("devices").attr("dhash", "2:x").done();
        Node collection = Node.build("collection")
                .attr("name", "regular")
                .attr("version", 4)
                .done();
        return List.of(
                devicesAdded(),
                groupNotification(),
                notification("w:gp2", GROUP, Node.of("create", group())),
                linkCodeHello(),
                notification("encrypt", Jid.SERVER, count),
                notification("account_sync", ALICE, devices),
                notification("server_sync", Jid.SERVER, collection),
                mediaRetried(bytes(60, 1), bytes(12, 2)));
    }

    private static List<Node> connection() {
        Node preview = Node.build("offline_preview")
                .attr("count", 7)
                .attr("message", 5)
                .done();
        Node dirty = Node.build("dirty")
                .attr("type", "groups")
                .attr("timestamp", 1_700_000_000)
                .done();
        Node conflict = Node.build("conflict").attr("type", "device_removed").done();
        return List.of(
                ib(preview),
                ib(Node.of("edge_routing", Node.of("routing_info", bytes(9, 1)))),
                ib(dirty),
                Node.build("success")
                        .attr("t", 1_700_000_000)
                        .attr("lid", ALICE_LID.withDevice(7))
                        .done(),
                failure(402).with("code", "101").with("expire", "3600"),
                streamError("515"),
                streamError("401", conflict),
                Node.of("xmlstreamend"));
    }

    private static List<Node> rest() {
        Node offer = Node.build("offer")
                .attr("call-id", "x")
                .attr("call-creator", BOB)
                .done();
        return List.of(
                Node.build("ack")
                        .attr("class", "message")
                        .attr("id", "A1")
                        .attr("from", BOB_LID)
                        .attr("t", 1_700_000_000)
                        .done(),
                Node.build("presence")
                        .attr("from", BOB)
                        .attr("type", "unavailable")
                        .attr("last", 1_700_000_000)
                        .done(),
                Node.build("chatstate")
                        .attr("from", BOB)
                        .content(Node.of("composing"))
                        .done(),
                Node.build("call")
                        .attr("id", "c1")
                        .attr("from", BOB)
                        .attr("t", 1_700_000_000)
                        .content(offer)
                        .done(),
                Node.build("iq")
                        .attr("id", "q1")
                        .attr("from", Jid.SERVER)
                        .attr("type", "result")
                        .done());
    }
}
