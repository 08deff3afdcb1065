package dev.waggle.platform.admin;

import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.admin.form.AccountForm;
import dev.waggle.platform.admin.http.Call;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.admin.http.Replies;
import dev.waggle.platform.admin.http.Route;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// Which plugins an account has.
final class PluginRoutes {
    private static final String PLUGIN = "/v1/accounts/{account}/plugins/{plugin}";
    private static final int CONFIG_MAX = 64;
    private static final int CONFIG_VALUE_MAX = 4_096;

    private final Asking asking;
    private final Set<String> known;

    PluginRoutes(AdminPorts ports) {
        this.asking = new Asking(ports.accounts());
        this.known = ports.plugins();
    }

    List<Route> routes() {
        return List.of(Route.put(PLUGIN, this::bind), Route.delete(PLUGIN, this::unbind));
    }

    /// Binding again replaces the configuration; where the plugin stands in the log stays.
    private CompletionStage<HttpResponse> bind(Call call) {
        String plugin = call.value("plugin");
        if (!known.contains(plugin)) {
            throw Problem.PLUGIN_NOT_FOUND.because("plugin", plugin, "one of " + new TreeSet<>(known));
        }
        return call.json(Set.of("config")).thenCompose(body -> {
            Map<String, String> given = body.optionalMap("config", CONFIG_MAX, CONFIG_VALUE_MAX);
            Map<String, String> config = given == null ? Map.of() : given;
            return asking.ask(
                            call,
                            (ActorRef<Answer<AccountView>> to) -> new AccountCommand.BindPlugin(plugin, config, to))
                    .thenApply(view -> Replies.json(200, AccountForm.of(view)));
        });
    }

    private CompletionStage<HttpResponse> unbind(Call call) {
        return asking.ask(
                        call,
                        (ActorRef<Answer<AccountView>> to) -> new AccountCommand.UnbindPlugin(call.value("plugin"), to))
                .thenApply(_ -> Replies.nothing());
    }
}
