package dev.waggle.platform.cluster.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.serializers.RecordSerializer;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.ObservedState;
import dev.waggle.platform.account.PairingView;
import dev.waggle.platform.account.Refusal;
import dev.waggle.platform.cluster.Accounts;
import dev.waggle.platform.cluster.news.News;
import dev.waggle.proto.journal.MediaFile;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.transport.Egress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;

/// The types that may travel between nodes of one build, each under a number that stays its own.
///
/// Whoever changes a type here, or the parts of a record, raises [#FORM]: nodes of both builds then refuse each
/// other's messages instead of misreading them.
public final class Travellers {
    public static final String FORM = "1";

    /// Numbers below are Kryo's own, for primitives and text.
    private static final int FIRST = 20;

    private static final List<Class<? extends Record>> RECORDS = List.of(
            AccountId.class,
            Jid.class,
            MessageId.class,
            Egress.Proxy.class,
            Egress.Login.class,
            Answer.Granted.class,
            Answer.Refused.class,
            Refusal.class,
            AccountView.class,
            AccountView.Restriction.class,
            PairingView.class,
            AccountCommand.Configure.class,
            AccountCommand.SetProxy.class,
            AccountCommand.Describe.class,
            AccountCommand.SetDesiredState.class,
            AccountCommand.StartPairing.class,
            AccountCommand.DescribePairing.class,
            AccountCommand.WatchPairing.class,
            AccountCommand.CancelPairing.class,
            AccountCommand.Send.class,
            AccountCommand.FetchMedia.class,
            AccountCommand.Accepted.class,
            AccountCommand.CancelSend.class,
            AccountCommand.Cancelled.class,
            AccountCommand.BindPlugin.class,
            AccountCommand.UnbindPlugin.class,
            AccountCommand.StepPlugin.class,
            AccountCommand.PluginSend.class,
            AccountCommand.PluginStepDone.class,
            AccountCommand.DescribePlugin.class,
            AccountCommand.PluginView.class,
            AccountCommand.Logout.class,
            AccountCommand.Delete.class,
            AccountCommand.Leave.class,
            Accounts.Tell.class,
            Accounts.Erase.class,
            Accounts.Restart.class,
            Accounts.HandOff.class,
            AccountRow.class,
            News.class);

    private static final List<Class<? extends Enum<?>>> ENUMS =
            List.of(ObservedState.class, PairingView.State.class, Refusal.Code.class, Egress.Proxy.Kind.class);

    private static final List<Travelling> OTHERS = ServiceLoader.load(Travelling.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    private Travellers() {}

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
        kryo.register(Instant.class, new Forms.Moment(), number++);
        kryo.register(MediaFile.class, new Forms.File(), number++);
        kryo.register(Done.getInstance().getClass(), new Forms.Single<>(Done.getInstance()), number++);
        register(kryo, FIRST + 20, ENUMS, FIRST + 40, RECORDS);
        OTHERS.forEach(other -> register(kryo, other.first() + 60, other.enums(), other.first(), other.records()));
        return kryo;
    }

    private static void register(
            Kryo kryo,
            int firstEnum,
            List<Class<? extends Enum<?>>> enums,
            int firstRecord,
            List<Class<? extends Record>> records) {
        int number = firstEnum;
        for (Class<? extends Enum<?>> type : enums) {
            kryo.register(type, number++);
        }
        number = firstRecord;
        for (Class<? extends Record> type : records) {
            kryo.register(type, new RecordSerializer<>(type), number++);
        }
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
