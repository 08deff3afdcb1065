package dev.waggle.platform.cluster.bootstrap;

import java.util.List;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;

/// Where whoever is asked for the node's health finds it: Pekko makes its checks by name, and they know nothing but
/// the actor system. Thread-safe.
public final class Health implements Extension {
    private static final Id ID = new Id();

    private static final class Id extends ExtensionId<Health> {
        @Override
        public Health createExtension(ActorSystem<?> system) {
            return new Health();
        }
    }

    private volatile Supplier<List<String>> unready = () -> List.of("the node begins");

    private Health() {}

    public static Health of(ActorSystem<?> system) {
        return system.registerExtension(ID);
    }

    /// @param reasons why the node should not be sent traffic; empty when it should
    public void answer(Supplier<List<String>> reasons) {
        unready = reasons;
    }

    List<String> unready() {
        return unready.get();
    }
}
