package dev.waggle.platform.cluster.wire;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.NotSerializableException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;

/// An actor system that can name actors of others, as nodes do, and its serializer.
final class Wires implements AutoCloseable {
    private static final Config NODE = ConfigFactory.parseString("""
            pekko.actor.provider = cluster
            pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
            """);

    private final ActorTestKit kit = ActorTestKit.create(NODE.withFallback(ConfigFactory.load()));
    private final TestProbe<Object> probe = kit.createTestProbe();

    TestProbe<Object> probe() {
        return probe;
    }

    Samples samples() {
        return new Samples(probe.getRef());
    }

    String name(ActorRef<?> actor) {
        return ActorRefResolver.get(kit.system()).toSerializationFormat(actor);
    }

    Serialization serialization() {
        return SerializationExtension.get(kit.system().classicSystem());
    }

    WireSerializer serializer() {
        return (WireSerializer) serialization().serializerByIdentity().apply(WireSerializer.ID);
    }

    /// A message as it comes to another node.
    Object there(Object message) throws NotSerializableException {
        var serializer = serialization().findSerializerFor(message);
        return serialization()
                .deserialize(
                        serialization().serialize(message).get(),
                        serializer.identifier(),
                        Serializers.manifestFor(serializer, message))
                .get();
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
