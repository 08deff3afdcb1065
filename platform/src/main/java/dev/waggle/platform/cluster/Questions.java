package dev.waggle.platform.cluster;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/// Asks accounts wherever they run, so many at once. Thread-safe.
///
/// Only [AccountCommand.Configure] makes an account; anything else for one that is not there is refused without a
/// trace.
public final class Questions {
    private final ActorSystem<Accounts.Command> system;
    private final AccountDirectory directory;
    private final AccountId reserved;
    private final int most;
    private final Semaphore free;

    /// @param reserved a name that no account can have
    /// @param most that may be open at once
    public Questions(ActorSystem<Accounts.Command> system, AccountDirectory directory, AccountId reserved, int most) {
        this.system = system;
        this.directory = directory;
        this.reserved = reserved;
        this.most = most;
        this.free = new Semaphore(most);
    }

    /// Fails with a `TimeoutException` when the account does not answer in time: then nobody knows what it did.
    public <T> CompletionStage<Answer<T>> ask(
            AccountId account, Function<ActorRef<Answer<T>>, AccountCommand> command, Duration patience) {
        if (account.equals(reserved)) {
            return CompletableFuture.completedStage(
                    Answer.refuse(Refusal.Code.INVALID_VALUE, account + " is not an account's name"));
        }
        return bounded(patience, replyTo -> {
            AccountCommand made = command.apply(replyTo);
            if (made instanceof AccountCommand.Configure
                    || directory.find(account).isPresent()) {
                return new Accounts.Tell(account, made);
            }
            lookUp(account, made, replyTo);
            return new Accounts.Nothing();
        });
    }

    private <T> void lookUp(AccountId account, AccountCommand made, ActorRef<Answer<T>> replyTo) {
        var _ = directory.lookUp(account).whenComplete((row, failure) -> {
            if (failure != null) {
                replyTo.tell(Answer.refuse(Refusal.Code.JOURNAL_UNAVAILABLE, "the directory is away"));
            } else if (row.isEmpty()) {
                replyTo.tell(Answer.refuse(Refusal.Code.ACCOUNT_NOT_FOUND, "there is no account " + account));
            } else {
                system.tell(new Accounts.Tell(account, made));
            }
        });
    }

    /// Has the account begin anew, from its journal.
    public CompletionStage<Answer<Done>> restart(AccountId account, Duration patience) {
        return directory
                .lookUp(account)
                .thenCompose(row -> row.isEmpty()
                        ? CompletableFuture.completedStage(
                                Answer.refuse(Refusal.Code.ACCOUNT_NOT_FOUND, "there is no account " + account))
                        : this.<Done>bounded(patience, replyTo -> new Accounts.Restart(account, replyTo)));
    }

    private <T> CompletionStage<Answer<T>> bounded(
            Duration patience, Function<ActorRef<Answer<T>>, Accounts.Command> question) {
        if (!free.tryAcquire()) {
            return CompletableFuture.completedStage(
                    Answer.refuse(Refusal.Code.MAILBOX_FULL, "this node has " + most + " questions open"));
        }
        return AskPattern.<Accounts.Command, Answer<T>>ask(system, question::apply, patience, system.scheduler())
                .whenComplete((_, _) -> free.release());
    }

    /// For commands that answer more than once; nothing for an account that is not there.
    public void tell(AccountId account, AccountCommand command) {
        var _ = directory.lookUp(account).thenAccept(row -> {
            if (row.isPresent()) {
                system.tell(new Accounts.Tell(account, command));
            }
        });
    }
}
