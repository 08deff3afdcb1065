package dev.waggle.platform.webhook;

import dev.waggle.address.AccountId;
import dev.waggle.platform.cluster.wire.Crossing;
import dev.waggle.platform.cluster.wire.Kind;
import dev.waggle.platform.cluster.wire.Names;
import dev.waggle.platform.cluster.wire.Refs;
import dev.waggle.platform.cluster.wire.Values;
import dev.waggle.platform.port.webhook.Position;
import dev.waggle.platform.port.webhook.Trial;
import dev.waggle.platform.port.webhook.WebhookRefused;
import dev.waggle.platform.webhook.DeliveryCommand.Question;
import dev.waggle.platform.webhook.shelf.Pair;
import dev.waggle.proto.nodes.Ask;
import dev.waggle.proto.nodes.Changed;
import dev.waggle.proto.nodes.Empty;
import dev.waggle.proto.nodes.Expired;
import dev.waggle.proto.nodes.Forget;
import dev.waggle.proto.nodes.OfAccount;
import dev.waggle.proto.nodes.OfEvent;
import dev.waggle.proto.nodes.Refused;
import dev.waggle.proto.nodes.Row;
import dev.waggle.proto.nodes.Seek;
import dev.waggle.proto.nodes.Waiting;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.pekko.Done;

/// What the parts of the deliveries and whoever asks them say between nodes.
public final class WebhookKinds implements Crossing {
    /// What this build understands of questions. A later build that asks something which may not be ignored asks
    /// for more.
    static final int LEVEL = 1;

    @Override
    public List<Kind<?, ?>> kinds(Refs refs) {
        return List.of(
                Kind.of(
                        "webhook-sync",
                        Deliveries.Sync.class,
                        _ -> Empty.getDefaultInstance(),
                        Empty.parser(),
                        _ -> new Deliveries.Sync()),
                Kind.of(
                        "webhook-changed",
                        Deliveries.Changed.class,
                        changed -> Changed.newBuilder()
                                .setWebhook(changed.webhook())
                                .build(),
                        Changed.parser(),
                        changed -> new Deliveries.Changed(changed.getWebhook())),
                Kind.of(
                        "webhook-listed",
                        Deliveries.Listed.class,
                        listed -> Values.row(listed.row()),
                        Row.parser(),
                        row -> new Deliveries.Listed(Values.row(row))),
                Kind.of(
                        "webhook-ask",
                        Deliveries.Ask.class,
                        ask -> write(ask, refs),
                        Ask.parser(),
                        ask -> read(ask, refs)),
                Kind.of(
                        "webhook-forget",
                        Deliveries.Forget.class,
                        forget -> write(forget, refs),
                        Forget.parser(),
                        forget -> read(forget, refs)),
                Kind.of(
                        "webhook-forget-account",
                        Deliveries.ForgetAccount.class,
                        forget -> OfAccount.newBuilder()
                                .setAccount(forget.account().value())
                                .setReplyTo(refs.name(forget.replyTo()))
                                .build(),
                        OfAccount.parser(),
                        forget -> new Deliveries.ForgetAccount(
                                new AccountId(forget.getAccount()), refs.actor(forget.getReplyTo()))),
                new Kind<Reply<?>, dev.waggle.proto.nodes.Reply>(
                        "webhook-reply",
                        Replies.types(),
                        Replies::write,
                        dev.waggle.proto.nodes.Reply.parser(),
                        Replies::read));
    }

    private static Ask write(Deliveries.Ask asked, Refs refs) {
        Question<?> question = asked.question();
        Ask.Builder ask = Ask.newBuilder()
                .setWebhook(asked.pair().webhook())
                .setAccount(asked.pair().account().value())
                .setReplyTo(refs.name(question.replyTo()));
        switch (question) {
            case DeliveryCommand.Describe _ -> ask.setDescribe(Empty.getDefaultInstance());
            case DeliveryCommand.Seek(var after, var _) ->
                ask.setSeek(Seek.newBuilder().setAfter(after));
            case DeliveryCommand.Redeliver(var sequence, var _) -> ask.setRedeliver(event(sequence));
            case DeliveryCommand.Drop(var sequence, var _) -> ask.setDrop(event(sequence));
            case DeliveryCommand.End _ -> ask.setEnd(Empty.getDefaultInstance());
            case DeliveryCommand.Unheard _ -> {
                // Nobody will know it where it is passed on to, either.
            }
        }
        return ask.build();
    }

    private static OfEvent event(long sequence) {
        return OfEvent.newBuilder().setSequence(sequence).build();
    }

    private static Deliveries.Ask read(Ask ask, Refs refs) {
        Pair pair = new Pair(ask.getWebhook(), new AccountId(ask.getAccount()));
        return new Deliveries.Ask(pair, question(ask, refs));
    }

    private static Question<?> question(Ask ask, Refs refs) {
        if (ask.getNeeds() > LEVEL) {
            return new DeliveryCommand.Unheard(refs.actor(ask.getReplyTo()));
        }
        return switch (ask.getQuestionCase()) {
            case DESCRIBE -> new DeliveryCommand.Describe(refs.actor(ask.getReplyTo()));
            case SEEK -> new DeliveryCommand.Seek(ask.getSeek().getAfter(), refs.actor(ask.getReplyTo()));
            case REDELIVER ->
                new DeliveryCommand.Redeliver(ask.getRedeliver().getSequence(), refs.actor(ask.getReplyTo()));
            case DROP -> new DeliveryCommand.Drop(ask.getDrop().getSequence(), refs.actor(ask.getReplyTo()));
            case END -> new DeliveryCommand.End(refs.actor(ask.getReplyTo()));
            case QUESTION_NOT_SET -> new DeliveryCommand.Unheard(refs.actor(ask.getReplyTo()));
        };
    }

    private static Forget write(Deliveries.Forget forget, Refs refs) {
        Forget.Builder written = Forget.newBuilder().setReplyTo(refs.name(forget.replyTo()));
        forget.pairs()
                .forEach(pair -> written.addPairs(dev.waggle.proto.nodes.Pair.newBuilder()
                        .setWebhook(pair.webhook())
                        .setAccount(pair.account().value())));
        return written.build();
    }

    private static Deliveries.Forget read(Forget forget, Refs refs) {
        return new Deliveries.Forget(
                forget.getPairsList().stream()
                        .map(pair -> new Pair(pair.getWebhook(), new AccountId(pair.getAccount())))
                        .collect(Collectors.toSet()),
                refs.actor(forget.getReplyTo()));
    }

    /// What a delivery answers to another node.
    private static final class Replies {
        private static final Names<WebhookRefused.Code> CODES = Names.of(WebhookRefused.Code.class);
        private static final Names<Position.State> STATES = Names.of(Position.State.class);

        private Replies() {}

        @SuppressWarnings({"unchecked", "rawtypes"})
        static List<Class<? extends Reply<?>>> types() {
            return (List) List.of(Reply.Told.class, Reply.Refused.class, Reply.Away.class, Reply.Expired.class);
        }

        static dev.waggle.proto.nodes.Reply write(Reply<?> reply) {
            var written = dev.waggle.proto.nodes.Reply.newBuilder();
            switch (reply) {
                case Reply.Refused<?>(var code, var detail) ->
                    written.setRefused(Refused.newBuilder().setCode(code.name()).setDetail(detail));
                case Reply.Away<?>(var detail) -> written.setAway(detail);
                case Reply.Expired<?>(var after, var oldest) ->
                    written.setExpired(Expired.newBuilder().setAfter(after).setOldest(oldest));
                case Reply.Told<?>(Position position) -> written.setPosition(position(position));
                case Reply.Told<?>(Trial trial) -> written.setTrial(trial(trial));
                case Reply.Told<?>(Done _) -> written.setDone(Empty.getDefaultInstance());
                case Reply.Told<?>(var other) ->
                    throw new IllegalArgumentException(other.getClass().getName() + " does not travel between nodes");
            }
            return written.build();
        }

        private static dev.waggle.proto.nodes.Position position(Position position) {
            var written = dev.waggle.proto.nodes.Position.newBuilder()
                    .setAccount(position.account().value())
                    .setState(position.state().name())
                    .setAfter(position.after())
                    .setRead(position.read())
                    .setLatest(position.latest())
                    .setChatsWaiting(position.waitingCount())
                    .setDelivered(position.delivered())
                    .setDeadLetters(position.deadLetters());
            position.waiting()
                    .forEach(waiting -> written.addWaiting(Waiting.newBuilder()
                            .setChat(waiting.chat())
                            .setSequence(waiting.sequence())
                            .setAttempts(waiting.attempts())
                            .setNextAt(Values.moment(waiting.nextAt()))
                            .setProblem(waiting.problem())));
            if (position.oldestAt() != null) {
                written.setOldestAt(Values.moment(position.oldestAt()));
            }
            if (position.oldest() != null) {
                written.setOldest(position.oldest());
            }
            if (position.problem() != null) {
                written.setProblem(position.problem());
            }
            return written.build();
        }

        private static dev.waggle.proto.nodes.Trial trial(Trial trial) {
            var written = dev.waggle.proto.nodes.Trial.newBuilder()
                    .setStatus(trial.status())
                    .setMillis(trial.millis());
            if (trial.problem() != null) {
                written.setProblem(trial.problem());
            }
            return written.build();
        }

        /// Refused with `OTHER_BUILD` when this build does not know what it says.
        static Reply<?> read(dev.waggle.proto.nodes.Reply reply) {
            return switch (reply.getReplyCase()) {
                case REFUSED -> refused(reply.getRefused());
                case AWAY -> new Reply.Away<>(reply.getAway());
                case EXPIRED ->
                    new Reply.Expired<>(
                            reply.getExpired().getAfter(), reply.getExpired().getOldest());
                case DONE -> new Reply.Told<>(Done.getInstance());
                case POSITION -> position(reply.getPosition());
                case TRIAL ->
                    new Reply.Told<>(new Trial(
                            reply.getTrial().getStatus(),
                            reply.getTrial().hasProblem() ? reply.getTrial().getProblem() : null,
                            reply.getTrial().getMillis()));
                case REPLY_NOT_SET -> otherBuild("an answer that this node does not know");
            };
        }

        private static Reply<?> otherBuild(String detail) {
            return new Reply.Refused<>(WebhookRefused.Code.OTHER_BUILD, detail);
        }

        private static Reply<?> refused(Refused refused) {
            return CODES.find(refused.getCode())
                    .<Reply<?>>map(code -> new Reply.Refused<>(code, refused.getDetail()))
                    .orElseGet(() -> otherBuild(refused.getCode() + ": " + refused.getDetail()));
        }

        private static Reply<?> position(dev.waggle.proto.nodes.Position position) {
            return STATES.find(position.getState())
                    .<Reply<?>>map(state -> new Reply.Told<>(new Position(
                            new AccountId(position.getAccount()),
                            state,
                            position.getAfter(),
                            position.getRead(),
                            position.getLatest(),
                            position.getWaitingList().stream()
                                    .map(Replies::waiting)
                                    .toList(),
                            position.getChatsWaiting(),
                            position.hasOldestAt() ? Values.instant(position.getOldestAt()) : null,
                            position.getDelivered(),
                            position.getDeadLetters(),
                            position.hasOldest() ? position.getOldest() : null,
                            position.hasProblem() ? position.getProblem() : null)))
                    .orElseGet(() -> otherBuild("a state that this node does not know: " + position.getState()));
        }

        private static Position.Waiting waiting(Waiting waiting) {
            return new Position.Waiting(
                    waiting.getChat(),
                    waiting.getSequence(),
                    waiting.getAttempts(),
                    Values.instant(waiting.getNextAt()),
                    waiting.getProblem());
        }
    }
}
