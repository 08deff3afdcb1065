package dev.waggle.platform.boot;

import dev.waggle.platform.cli.AccountCommands;
import dev.waggle.platform.cli.CancelCommand;
import dev.waggle.platform.cli.ClusterCommands;
import dev.waggle.platform.cli.EventsCommand;
import dev.waggle.platform.cli.PairCommand;
import dev.waggle.platform.cli.SendCommand;
import dev.waggle.platform.cli.WebhookCommands;
import dev.waggle.simulator.SimulatorMain;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The commands of `bin/waggle`.
@Command(
        name = "waggle",
        mixinStandardHelpOptions = true,
        description = "Runs WhatsApp accounts as bots.",
        footer = {
            "  simulator  A WhatsApp server on loopback, for tests and demos (simulator --help).",
            "  bench      What parts of it cost on this machine (bench --help)."
        },
        subcommands = {
            Main.DemoCommand.class,
            ClusterDemoCommand.class,
            ServeCommand.class,
            ChaosCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            KeysCommand.class,
            AccountCommands.class,
            PairCommand.class,
            SendCommand.class,
            CancelCommand.class,
            EventsCommand.class,
            WebhookCommands.class,
            ClusterCommands.class
        })
public final class Main implements Callable<Integer> {
    public static void main(String... arguments) {
        if (arguments.length > 0 && arguments[0].equals("simulator")) {
            SimulatorMain.main(java.util.Arrays.copyOfRange(arguments, 1, arguments.length));
            return;
        }
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.out);
        return 0;
    }

    private static void say(String line) {
        System.out.println(line);
    }

    /// Everything on one desk.
    @Command(
            name = "demo",
            mixinStandardHelpOptions = true,
            description =
                    "A simulated server, one account paired by itself, the echo bot, and a contact who talks to it.")
    static final class DemoCommand implements Callable<Integer> {
        private static final String KEY = "demo";

        @Option(names = "--once", description = "End after the first exchange: 0 when the bot answered, 1 otherwise.")
        private boolean once;

        @Option(
                names = "--backend",
                description = "Where the account is kept: ${DEFAULT-VALUE}, or another that is there.")
        private String backend = "sqlite";

        @Override
        public Integer call() {
            try (Demo demo = Demo.start(backend, Main::say)) {
                say("node:      " + demo.openAdmin(KEY) + " (WAGGLE_ADMIN_KEY=" + KEY + ")");
                say("simulator: " + demo.simulatorAdmin());
                String account = demo.pair();
                String contact = demo.contact("Carla");
                int said = 1;
                demo.exchange(contact, account, "hello " + said);
                while (!once) {
                    TimeUnit.SECONDS.sleep(5);
                    demo.exchange(contact, account, "hello " + ++said);
                }
                return 0;
            } catch (Exception e) {
                System.err.println("demo: " + e.getMessage());
                return 1;
            }
        }
    }
}
