package dev.waggle.simulator;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `simulator --port P [--tls-port Q]`: prints one JSON line when it is ready and runs until it is stopped.
@Command(
        name = "simulator",
        mixinStandardHelpOptions = true,
        description = "A WhatsApp server on loopback, with phones and contacts in it.")
public final class SimulatorMain implements Callable<Integer> {
    @Option(
            names = "--port",
            defaultValue = "0",
            description = "Port for ws and the admin routes; 0 (default): any free one.")
    private int port;

    @Option(names = "--tls-port", defaultValue = "0", description = "Port for wss; 0 (default): any free one.")
    private int tlsPort;

    @Option(names = "--lenient", description = "Do not inspect what clients send.")
    private boolean lenient;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SimulatorMain()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        SimulatorSettings ports = SimulatorSettings.DEFAULT.withPorts(port, tlsPort);
        CountDownLatch stopped = new CountDownLatch(1);
        try (Simulator simulator = Simulator.start(lenient ? ports.lenient() : ports)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "stop"));
            System.out.println(ready(simulator));
            System.out.flush();
            stopped.await();
            return 0;
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    static String ready(Simulator simulator) {
        return "{\"ready\":true,\"ws\":\"%s\",\"wss\":\"%s\",\"admin\":\"%s\",\"rootKey\":\"%s\"}"
                .formatted(
                        simulator.ws(),
                        simulator.wss(),
                        simulator.admin(),
                        simulator.rootKey().toHex());
    }
}
