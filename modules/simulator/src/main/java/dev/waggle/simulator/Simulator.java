package dev.waggle.simulator;

import dev.waggle.address.Bytes;
import dev.waggle.simulator.admin.AdminRoutes;
import dev.waggle.simulator.check.Rule;
import dev.waggle.simulator.check.StrictInspector;
import dev.waggle.simulator.contact.ContactBook;
import dev.waggle.simulator.contact.Neighbourhood;
import dev.waggle.simulator.exchange.Exchange;
import dev.waggle.simulator.exchange.Inspector;
import dev.waggle.simulator.fault.Fault;
import dev.waggle.simulator.phone.MockPhones;
import dev.waggle.simulator.server.ServerKeys;
import dev.waggle.simulator.server.TlsIdentity;
import dev.waggle.simulator.server.WebServer;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/// A running simulator. Everything in it is in memory and gone when it is closed.
public final class Simulator implements AutoCloseable {
    private final Exchange exchange;
    private final WebServer server;
    private final TlsIdentity tls;
    private final Bytes rootKey;
    private final int port;
    private final int tlsPort;

    private Simulator(Exchange exchange, WebServer server, TlsIdentity tls, Bytes rootKey, int port, int tlsPort) {
        this.exchange = exchange;
        this.server = server;
        this.tls = tls;
        this.rootKey = rootKey;
        this.port = port;
        this.tlsPort = tlsPort;
    }

    /// Starts one that answers when this returns.
    ///
    /// @throws IllegalStateException when a port is taken
    public static Simulator start(SimulatorSettings settings) {
        return start(settings, InstantSource.system(), new SecureRandom());
    }

    /// @param random for keys, refs and ids
    public static Simulator start(SimulatorSettings settings, InstantSource clock, SecureRandom random) {
        Exchange exchange = new Exchange(settings.limits(), clock, random);
        TlsIdentity tls = TlsIdentity.create(random, clock.instant());
        ServerKeys keys = new ServerKeys(exchange.faults(), clock, random);
        WebServer server = new WebServer(exchange, keys, new AdminRoutes(exchange, tls::authorityPem));
        try {
            int tlsPort = server.listenTls(settings.tlsPort(), tls, settings.admits());
            people(exchange, settings, List.of("127.0.0.1:" + tlsPort, "localhost:" + tlsPort), random);
            int port = server.listen(settings.port());
            return new Simulator(exchange, server, tls, keys.rootKey(), port, tlsPort);
        } catch (RuntimeException e) {
            server.close();
            exchange.close();
            throw e;
        }
    }

    private static void people(
            Exchange exchange, SimulatorSettings settings, List<String> mediaHosts, SecureRandom random) {
        ContactBook contacts = new ContactBook(Neighbourhood.of(exchange), random);
        MockPhones phones = MockPhones.of(exchange, contacts, random);
        exchange.furnish(phones, contacts, settings.strict() ? strict(exchange) : Inspector.LENIENT, mediaHosts);
    }

    private static Inspector strict(Exchange exchange) {
        return new StrictInspector(
                exchange.directory(),
                exchange.groups(),
                exchange.report(),
                StrictInspector.REMEMBERED_MAX,
                (device, rule) ->
                        rule == Rule.RESEND_FANOUT && exchange.faults().has(Fault.Kind.TOLERATE_RETRY_FANOUT, device));
    }

    /// `ws://127.0.0.1:PORT/ws/chat`.
    public URI ws() {
        return URI.create("ws://127.0.0.1:" + port + "/ws/chat");
    }

    /// `wss://127.0.0.1:PORT/ws/chat`; trust [#caPem()].
    public URI wss() {
        return URI.create("wss://127.0.0.1:" + tlsPort + "/ws/chat");
    }

    /// `http://127.0.0.1:PORT/admin`, on the port of [#ws()].
    public URI admin() {
        return URI.create("http://127.0.0.1:" + port + "/admin");
    }

    /// The 32 bytes that the Noise certificate chain is signed by.
    public Bytes rootKey() {
        return rootKey;
    }

    /// The authority that the TLS certificate is signed by.
    public String caPem() {
        return tls.authorityPem();
    }

    /// For tests in the same process: ask on its thread with [Exchange#ask].
    public Exchange exchange() {
        return exchange;
    }

    @Override
    public void close() {
        server.close();
        exchange.close();
    }
}
