package dev.waggle.platform.cluster.budget;

import dev.waggle.platform.cluster.wire.Crossing;
import dev.waggle.platform.cluster.wire.Kind;
import dev.waggle.platform.cluster.wire.Refs;
import dev.waggle.proto.nodes.DescribeBudget;
import dev.waggle.proto.nodes.Grant;
import dev.waggle.proto.nodes.Standing;
import dev.waggle.proto.nodes.Want;
import java.util.List;

/// What the budget's keeper and the nodes that dial say to each other.
public final class BudgetKinds implements Crossing {
    @Override
    public List<Kind<?, ?>> kinds(Refs refs) {
        return List.of(
                Kind.of(
                        "budget-want",
                        BudgetKeeper.Want.class,
                        want -> Want.newBuilder()
                                .setNode(want.node())
                                .setFirst(want.first())
                                .setCount(want.count())
                                .setReplyTo(refs.name(want.replyTo()))
                                .build(),
                        Want.parser(),
                        want -> new BudgetKeeper.Want(
                                want.getNode(), want.getFirst(), want.getCount(), refs.actor(want.getReplyTo()))),
                Kind.of(
                        "budget-change",
                        BudgetKeeper.Change.class,
                        change -> write(change.rate()),
                        dev.waggle.proto.nodes.Rate.parser(),
                        rate -> new BudgetKeeper.Change(read(rate))),
                Kind.of(
                        "budget-describe",
                        BudgetKeeper.Describe.class,
                        describe -> DescribeBudget.newBuilder()
                                .setReplyTo(refs.name(describe.replyTo()))
                                .build(),
                        DescribeBudget.parser(),
                        describe -> new BudgetKeeper.Describe(refs.actor(describe.getReplyTo()))),
                Kind.of(
                        "budget-grant",
                        BudgetKeeper.Grant.class,
                        grant -> Grant.newBuilder().setCount(grant.count()).build(),
                        Grant.parser(),
                        grant -> new BudgetKeeper.Grant(grant.getCount())),
                Kind.of(
                        "budget-standing",
                        BudgetKeeper.Standing.class,
                        standing -> Standing.newBuilder()
                                .setRate(write(standing.rate()))
                                .setWaiting(standing.waiting())
                                .build(),
                        Standing.parser(),
                        standing -> new BudgetKeeper.Standing(read(standing.getRate()), standing.getWaiting())));
    }

    private static dev.waggle.proto.nodes.Rate write(Rate rate) {
        return dev.waggle.proto.nodes.Rate.newBuilder()
                .setPerSecond(rate.perSecond())
                .setBurst(rate.burst())
                .build();
    }

    private static Rate read(dev.waggle.proto.nodes.Rate rate) {
        return new Rate(rate.getPerSecond(), rate.getBurst());
    }
}
