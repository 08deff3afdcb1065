package dev.waggle.platform.admin;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.admin.http.Call;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/// Questions to the account that a path names.
record Asking(AdminPorts.Accounts accounts) {
    static AccountId account(Call call) {
        return new AccountId(call.value("account"));
    }

    /// What the account granted; its refusal ends the request.
    <T> CompletionStage<T> ask(Call call, Function<ActorRef<Answer<T>>, AccountCommand> command) {
        return accounts.ask(account(call), command).thenApply(Failures::granted);
    }

    CompletionStage<AccountView> describe(Call call) {
        return ask(call, AccountCommand.Describe::new);
    }
}
