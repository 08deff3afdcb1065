package dev.waggle.simulator.exchange;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.DeviceKeys;
import dev.waggle.simulator.directory.OneTimeKey;
import dev.waggle.simulator.directory.SignedKey;
import dev.waggle.simulator.directory.User;
import dev.waggle.wire.node.Node;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/// An exchange whose inspector lets everything pass, with devices whose keys are noise and whose links write down
/// what they get.
public final class Hall implements AutoCloseable {
    public static final long NOW = 1_790_000_000L;
    public final Exchange exchange;
    private final Random random = new Random(7);

    public Hall() {
        this(ExchangeLimits.DEFAULT);
    }

    public Hall(ExchangeLimits limits) {
        exchange = new Exchange(limits, InstantSource.fixed(Instant.ofEpochSecond(NOW)), random);
    }

    /// A logged-in device.
    public static final class Client {
        public final Device device;
        public final List<Node> got = new ArrayList<>();
        public boolean closed;
        ConnectionId connection = new ConnectionId(0);

        Client(Device device) {
            this.device = device;
        }

        public List<Node> got(String tag) {
            return got.stream().filter(node -> node.is(tag)).toList();
        }

        public List<String> ids(String tag) {
            return got(tag).stream().map(node -> node.require("id")).toList();
        }

        public Node last(String tag) {
            return got(tag).getLast();
        }
    }

    public <T> T on(Callable<T> step) {
        return exchange.ask(step).join();
    }

    /// Returns when everything submitted before, and what followed from it at once, is done.
    public void settle() {
        on(() -> 0);
        on(() -> 0);
    }

    public Bytes bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    public User user(String name) {
        return on(() -> {
            User user = exchange.directory().named(name);
            user.addPrimary(keys());
            return user;
        });
    }

    public Device companion(User user) {
        return on(() -> {
            int id = user.nextDevice();
            return user.addCompanion(id, id, keys(), bytes(32), bytes(100));
        });
    }

    private DeviceKeys keys() {
        return new DeviceKeys(random.nextInt(16_000), bytes(32), new SignedKey(1, bytes(32), bytes(64)));
    }

    public void stock(Device device, int first, int count) {
        List<OneTimeKey> keys = IntStream.range(first, first + count)
                .mapToObj(id -> new OneTimeKey(id, bytes(32)))
                .toList();
        on(() -> exchange.preKeys().add(device, keys));
    }

    /// A companion that takes live stanzas.
    public Client client(User user) {
        return login(companion(user), false);
    }

    public Client login(Device device, boolean passive) {
        Client client = new Client(device);
        on(() -> {
            client.connection = exchange.login(device.pn(), device.noiseKey(), Bytes.EMPTY, passive, link(client))
                    .orElse(client.connection);
            return 0;
        });
        return client;
    }

    public static DeviceLink link(Client client) {
        return new DeviceLink() {
            @Override
            public void deliver(Node stanza) {
                client.got.add(stanza);
            }

            @Override
            public void close() {
                client.closed = true;
            }
        };
    }

    public void logout(Client client) {
        on(() -> {
            exchange.detach(client.device.pn(), client.connection);
            return 0;
        });
    }

    public void submit(Client from, Node stanza) {
        exchange.submit(from.device.pn(), stanza, from.connection);
        settle();
    }

    /// A text with one ciphertext for each device.
    public Node message(Jid to, String id, Device... devices) {
        List<Node> copies = new ArrayList<>();
        for (Device device : devices) {
            copies.add(Node.build("to")
                    .attr("jid", device.like(to))
                    .content(enc("msg"))
                    .done());
        }
        return Node.build("message")
                .attr("to", to)
                .attr("id", id)
                .attr("type", "text")
                .content(Node.build("participants").content(copies).done())
                .done();
    }

    public Node enc(String type) {
        return Node.build("enc")
                .attr("v", "2")
                .attr("type", type)
                .content(bytes(40))
                .done();
    }

    public static Node iq(String type, String namespace, Jid to, Node... content) {
        return Node.build("iq")
                .attr("id", "q1")
                .attr("type", type)
                .attr("xmlns", namespace)
                .attr("to", to)
                .content(content)
                .done();
    }

    /// Asks and gives the answer.
    public Node ask(Client from, Node iq) {
        submit(from, iq);
        return from.last("iq");
    }

    @Override
    public void close() {
        exchange.close();
    }
}
