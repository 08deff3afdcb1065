package dev.waggle.platform.boot;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.admin.AdminPorts;
import dev.waggle.platform.cluster.AccountDirectory;
import dev.waggle.platform.cluster.Questions;
import dev.waggle.storage.control.AccountRow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/// The accounts as the admin API asks them, wherever they run.
record AskedAccounts(Questions questions, AccountDirectory directory) implements AdminPorts.Accounts {
    static final Duration ANSWER_MAX = Duration.ofSeconds(20);
    private static final Duration RESTART_MAX = Duration.ofSeconds(60);

    @Override
    public <T> CompletionStage<Answer<T>> ask(
            AccountId account, Function<ActorRef<Answer<T>>, AccountCommand> command) {
        return questions.ask(account, command, ANSWER_MAX);
    }

    @Override
    public <T> CompletionStage<Answer<T>> ask(
            AccountId account, Function<ActorRef<Answer<T>>, AccountCommand> command, Duration most) {
        return questions.ask(account, command, most);
    }

    @Override
    public CompletionStage<Answer<Done>> restart(AccountId account) {
        return questions.restart(account, RESTART_MAX);
    }

    @Override
    public void tell(AccountId account, AccountCommand command) {
        questions.tell(account, command);
    }

    @Override
    public List<AccountRow> known(String after, int limit) {
        return directory.page(after, limit);
    }
}
