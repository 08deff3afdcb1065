package dev.waggle.platform.cluster.wire;

import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnknownFieldSet;
import org.apache.pekko.actor.ExtendedActorSystem;

/// Writes as the build after this one might: every message has a field that this build does not know, and what does
/// not cross builds is of another form. Named in the configuration of nodes that are to pass for one.
public final class NextBuild extends WireSerializer {
    public NextBuild(ExtendedActorSystem system) {
        super(system, Travellers.FORM + "-next");
    }

    @Override
    MessageLite written(MessageLite message) {
        return ((Message) message)
                .toBuilder()
                        .setUnknownFields(UnknownFieldSet.newBuilder()
                                .addField(
                                        4711,
                                        UnknownFieldSet.Field.newBuilder()
                                                .addVarint(1)
                                                .build())
                                .build())
                        .build();
    }
}
