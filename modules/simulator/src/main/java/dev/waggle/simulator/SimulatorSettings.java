package dev.waggle.simulator;

import dev.waggle.simulator.exchange.ExchangeLimits;

/// How a simulator is started. Ports: 0 = any free one.
///
/// @param strict whether stanzas are inspected; only load tests turn it off
public record SimulatorSettings(int port, int tlsPort, boolean strict, ExchangeLimits limits) {
    public static final SimulatorSettings DEFAULT = new SimulatorSettings(0, 0, true, ExchangeLimits.DEFAULT);

    public SimulatorSettings {
        if (port < 0 || port > 65_535 || tlsPort < 0 || tlsPort > 65_535) {
            throw new IllegalArgumentException("port: " + port + ", " + tlsPort + " (expected: 0..65535)");
        }
    }

    public SimulatorSettings withPorts(int clear, int tls) {
        return new SimulatorSettings(clear, tls, strict, limits);
    }

    public SimulatorSettings lenient() {
        return new SimulatorSettings(port, tlsPort, false, limits);
    }
}
