package dev.waggle.platform.admin.cluster;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.Refusal;
import dev.waggle.platform.cluster.Members;
import dev.waggle.transport.runtime.TaskRuntime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/// Moves accounts between nodes, and sees when they have arrived.
public final class Moves {
    /// An account, looked at.
    public interface Look
            extends BiFunction<
                    AccountId,
                    Function<ActorRef<Answer<AccountView>>, AccountCommand>,
                    CompletionStage<Answer<AccountView>>> {}

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int LOOKS = 240;

    private final Members members;
    private final Look look;
    private final TaskRuntime runtime;

    public Moves(Members members, Look look, TaskRuntime runtime) {
        this.members = members;
        this.look = look;
        this.runtime = runtime;
    }

    /// Granted when the account answers from the other node.
    ///
    /// @param to empty: any other node
    CompletionStage<Answer<AccountView>> move(AccountId account, String to) {
        return describe(account).thenCompose(answer -> switch (answer) {
            case Answer.Refused<AccountView> refused -> CompletableFuture.completedStage(refused);
            case Answer.Granted<AccountView>(var view) ->
                view.node().equals(to)
                        ? CompletableFuture.completedStage(answer)
                        : members.move(account, view.node(), to)
                                .thenCompose(target -> target.isPresent()
                                        ? arrived(account, target.get(), LOOKS)
                                        : refused("there is no other member " + to));
        });
    }

    private static CompletionStage<Answer<AccountView>> refused(String why) {
        return CompletableFuture.completedStage(Answer.refuse(Refusal.Code.INVALID_VALUE, why));
    }

    private CompletionStage<Answer<AccountView>> describe(AccountId account) {
        return look.apply(account, AccountCommand.Describe::new);
    }

    private CompletionStage<Answer<AccountView>> arrived(AccountId account, String node, int looks) {
        CompletableFuture<Answer<AccountView>> seen = new CompletableFuture<>();
        var _ = runtime.after(LOOK_EVERY, "moves", () -> {
            var _ = describe(account).whenComplete((answer, failure) -> {
                if (failure == null
                        && answer instanceof Answer.Granted<AccountView>(var view)
                        && view.node().equals(node)) {
                    seen.complete(answer);
                } else if (looks > 0) {
                    var _ = arrived(account, node, looks - 1).thenAccept(seen::complete);
                } else {
                    var _ = refused("it is not on " + node + " yet").thenAccept(seen::complete);
                }
            });
        });
        return seen;
    }
}
