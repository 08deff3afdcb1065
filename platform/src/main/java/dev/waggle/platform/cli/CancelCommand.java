package dev.waggle.platform.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `waggle cancel`: takes a send back that has not left.
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Takes back a message that has not left; once it may have, it is refused.")
public final class CancelCommand implements Callable<Integer> {
    @Mixin
    private NodeOption node = new NodeOption();

    @Parameters(paramLabel = "ACCOUNT")
    private String account = "";

    @Parameters(paramLabel = "MESSAGE", description = "The id that the send was answered with.")
    private String message = "";

    @Override
    public Integer call() {
        return node.with(api -> {
            api.call("DELETE", "/v1/accounts/" + Api.segment(account) + "/messages/" + Api.segment(message), null);
            System.out.println("cancelled " + message);
            return 0;
        });
    }
}
