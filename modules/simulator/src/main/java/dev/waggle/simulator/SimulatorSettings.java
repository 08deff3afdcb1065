package dev.waggle.simulator;

import dev.waggle.simulator.exchange.ExchangeLimits;
import java.net.InetSocketAddress;
import java.util.function.Predicate;

/// How a simulator is started. Ports: 0 = any free one.
///
/// @param strict whether stanzas are inspected; only load tests turn it off
/// @param admits peers of the TLS port; whoever else connects is cut before the first byte
public record SimulatorSettings(
        int port, int tlsPort, boolean strict, ExchangeLimits limits, Predicate<InetSocketAddress> admits) {
    public static final SimulatorSettings DEFAULT =
            new SimulatorSettings(0, 0, true, ExchangeLimits.DEFAULT, peer -> true);

    public SimulatorSettings {
        if (port < 0 || port > 65_535 || tlsPort < 0 || tlsPort > 65_535) {
            throw new IllegalArgumentException("port: " + port + ", " + tlsPort + " (expected: 0..65535)");
        }
    }

    public SimulatorSettings withPorts(int clear, int tls) {
        return new SimulatorSettings(clear, tls, strict, limits, admits);
    }

    public SimulatorSettings admitting(Predicate<InetSocketAddress> peers) {
        return new SimulatorSettings(port, tlsPort, strict, limits, peers);
    }

    public SimulatorSettings lenient() {
        return new SimulatorSettings(port, tlsPort, false, limits, admits);
    }
}
