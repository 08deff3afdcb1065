package dev.waggle.platform.cluster.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.serializers.RecordSerializer;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.platform.account.AccountCommand;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;

/// The types that may travel between nodes of one build only, each under a number that stays its own: what an
/// account is told by the bots that run beside it. Everything else crosses builds ([Crossing]).
///
/// Whoever changes a type here, or the parts of a record, raises [#FORM]: nodes of both builds then refuse each
/// other's messages of this kind instead of misreading them. A test knows what the types of each form look like.
final class Travellers {
    static final String FORM = "2";

    /// Numbers below are Kryo's own, for primitives and text.
    private static final int FIRST = 20;

    private static final List<Class<? extends Record>> RECORDS = List.of(
            Jid.class,
            AccountCommand.StepPlugin.class,
            AccountCommand.PluginSend.class,
            AccountCommand.PluginStepDone.class,
            AccountCommand.Leave.class);

    private Travellers() {}

    static List<Class<? extends Record>> records() {
        return RECORDS;
    }

    /// A writer and reader for one thread at a time.
    ///
    /// @param refs gives actors of other nodes their names, and names their actors
    static Kryo kryo(ActorRefResolver refs) {
        Kryo kryo = new Kryo() {
            /// Actors and collections are of classes that nobody names; each kind has one number.
            @Override
            @SuppressWarnings("rawtypes")
            public Registration getRegistration(Class type) {
                return super.getRegistration(kind((Class<?>) type));
            }
        };
        kryo.setRegistrationRequired(true);
        kryo.setReferences(false);
        kryo.setMaxDepth(32);
        kryo.register(String.class, new Forms.Text());
        int number = FIRST;
        kryo.register(ActorRef.class, new Forms.Actor(refs), number++);
        kryo.register(List.class, new Forms.Lists(), number++);
        kryo.register(Map.class, new Forms.Maps(), number++);
        kryo.register(Set.class, new Forms.Sets(), number++);
        kryo.register(Bytes.class, new Forms.ByteStrings(), number++);
        kryo.register(Instant.class, new Forms.Moment(), number);
        number = FIRST + 20;
        for (Class<? extends Record> type : RECORDS) {
            kryo.register(type, new RecordSerializer<>(type), number++);
        }
        return kryo;
    }

    private static Class<?> kind(Class<?> type) {
        if (ActorRef.class.isAssignableFrom(type)) {
            return ActorRef.class;
        }
        if (List.class.isAssignableFrom(type)) {
            return List.class;
        }
        if (Map.class.isAssignableFrom(type)) {
            return Map.class;
        }
        return Set.class.isAssignableFrom(type) ? Set.class : type;
    }
}
