package dev.waggle.platform.cluster;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.Refusal;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begins the accounts that should run: a ramp, not a storm. An account that the directory has and the journal has
/// not was being deleted, and its deletion is finished.
public final class Waking {
    private static final Logger log = LoggerFactory.getLogger(Waking.class);
    private static final int WAKES_PER_SECOND = 100;
    private static final int AT_ONCE = 32;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

    private final ActorSystem<Accounts.Command> system;
    private final AccountDirectory directory;
    private final Questions questions;

    public Waking(ActorSystem<Accounts.Command> system, AccountDirectory directory, Questions questions) {
        this.system = system;
        this.directory = directory;
        this.questions = questions;
    }

    /// Asks each of them how it is, which begins those that do not run.
    public void begin() {
        var _ = Source.from(directory.all())
                .filter(row -> row.desiredState().equals("RUNNING"))
                .throttle(WAKES_PER_SECOND, Duration.ofSeconds(1))
                .mapAsyncUnordered(
                        AT_ONCE,
                        row -> questions
                                .ask(row.id(), AccountCommand.Describe::new, ANSWER_MAX)
                                .thenAccept(answer -> woken(row.id(), answer))
                                .exceptionally(failure -> {
                                    log.warn("{}: did not wake yet: {}", row.id(), failure.toString());
                                    return null;
                                })
                                .thenApply(done -> row.id()))
                .run(system);
    }

    private void woken(AccountId account, Answer<?> answer) {
        if (answer instanceof Answer.Refused<?>(var refusal)
                && refusal.code() == Refusal.Code.ACCOUNT_NOT_FOUND
                && directory.find(account).isPresent()) {
            log.info("{}: its deletion was interrupted, the rest goes now", account);
            system.tell(new Accounts.Erase(account, system.ignoreRef()));
        }
    }
}
