package dev.waggle.stanza.iq;

import dev.waggle.address.Jid;
import dev.waggle.stanza.field.Fields;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Asks where files are uploaded to and downloaded from, and for the right to upload.
public record QueryMediaHosts() implements Iq<QueryMediaHosts.MediaHosts> {
    private static final int HOSTS_MAX = 32;
    private static final int TTL_SECONDS = 300;
    private static final int TTL_SECONDS_MAX = 7 * 86_400;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?");

    /// @param auth goes into the address of each upload; a secret
    /// @param good for this long, the shorter of both times that the server gives
    /// @param names hosts in the order in which they are to be tried, some with a port
    public record MediaHosts(String auth, Duration good, List<String> names) {
        public MediaHosts {
            names = List.copyOf(names);
        }

        /// Without the right to upload.
        @Override
        public String toString() {
            return "MediaHosts" + names;
        }
    }

    @Override
    public Node ask(String id) {
        return Iq.set(id, "w:m", Jid.SERVER, Node.of("media_conn"));
    }

    @Override
    public MediaHosts answer(Node reply) {
        Node connection = reply.requireChild("media_conn");
        long ttl = Fields.number(connection, "ttl", 0, TTL_SECONDS_MAX, TTL_SECONDS);
        long authTtl = Fields.number(connection, "auth_ttl", 0, TTL_SECONDS_MAX, ttl);
        return new MediaHosts(
                connection.require("auth"), Duration.ofSeconds(Math.min(ttl, authTtl)), names(connection));
    }

    /// First the primary ones, then what stands in for them, then the rest.
    private static List<String> names(Node connection) {
        List<Node> hosts = connection.children("host");
        if (hosts.isEmpty() || hosts.size() > HOSTS_MAX) {
            throw new NodeException("media_conn/host", hosts.size() + " hosts", "1.." + HOSTS_MAX);
        }
        List<String> names = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Node host : hosts) {
            boolean primary = host.attr("type", "primary").equals("primary");
            (primary ? names : others).add(name(host.require("hostname")));
            String fallback = host.attr("fallback_hostname");
            if (fallback != null) {
                others.add(name(fallback));
            }
        }
        names.addAll(others);
        return names.stream().distinct().toList();
    }

    private static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new NodeException("host.hostname", name, "a host name, with a port or without");
        }
        return name;
    }
}
