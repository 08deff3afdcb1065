package dev.waggle.platform.cluster.budget;

import dev.waggle.platform.cluster.wire.Travelling;
import java.util.List;

/// What this room says between nodes.
public final class BudgetTypes implements Travelling {
    @Override
    public int first() {
        return 300;
    }

    @Override
    public List<Class<? extends Record>> records() {
        return List.of(
                BudgetKeeper.Want.class,
                BudgetKeeper.Change.class,
                BudgetKeeper.Describe.class,
                BudgetKeeper.Stop.class,
                BudgetKeeper.Grant.class,
                BudgetKeeper.Standing.class,
                Rate.class);
    }

    @Override
    public List<Class<? extends Enum<?>>> enums() {
        return List.of();
    }
}
