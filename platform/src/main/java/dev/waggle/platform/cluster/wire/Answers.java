package dev.waggle.platform.cluster.wire;

import dev.waggle.address.AccountId;
import dev.waggle.address.MessageId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.ObservedState;
import dev.waggle.platform.account.PairingView;
import dev.waggle.platform.account.Refusal;
import dev.waggle.proto.journal.MediaFile;
import dev.waggle.proto.nodes.Accepted;
import dev.waggle.proto.nodes.Answer;
import dev.waggle.proto.nodes.Empty;
import dev.waggle.proto.nodes.OfMessage;
import dev.waggle.proto.nodes.PluginView;
import dev.waggle.proto.nodes.Refused;
import dev.waggle.proto.nodes.Restriction;
import dev.waggle.proto.nodes.View;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/// What an account answers to another node.
final class Answers {
    private static final Names<Refusal.Code> CODES = Names.of(Refusal.Code.class);
    private static final Names<ObservedState> OBSERVED = Names.of(ObservedState.class);
    private static final Names<PairingView.State> PAIRING = Names.of(PairingView.State.class);

    private final BuildForm build;

    Answers(BuildForm build) {
        this.build = build;
    }

    Answer write(dev.waggle.platform.account.Answer<?> answer) {
        return switch (answer) {
            case dev.waggle.platform.account.Answer.Refused<?>(var refusal) ->
                Answer.newBuilder()
                        .setRefused(Refused.newBuilder()
                                .setCode(refusal.code().name())
                                .setDetail(refusal.detail()))
                        .build();
            case dev.waggle.platform.account.Answer.Granted<?>(var value) -> granted(value);
        };
    }

    private Answer granted(Object value) {
        Answer.Builder answer = Answer.newBuilder();
        switch (value) {
            case Done _ -> answer.setDone(Empty.getDefaultInstance());
            case AccountView view -> answer.setView(view(view));
            case PairingView pairing -> answer.setPairing(pairing(pairing));
            case AccountCommand.Accepted(var id, var state, var repeated) ->
                answer.setAccepted(
                        Accepted.newBuilder().setMessageId(id).setState(state).setRepeated(repeated));
            case AccountCommand.Cancelled(var message) ->
                answer.setCancelled(OfMessage.newBuilder().setMessage(message.value()));
            case MediaFile file -> answer.setMedia(file);
            case AccountCommand.PluginView(var plugin, var config, var cursor, var state) ->
                answer.setPlugin(PluginView.newBuilder()
                        .setPlugin(plugin)
                        .putAllConfig(config)
                        .setCursor(cursor)
                        .setState(Values.string(state)));
            default -> answer.setInBuild(build.write(value));
        }
        return answer.build();
    }

    private static View view(AccountView view) {
        View.Builder written = View.newBuilder()
                .setId(view.id().value())
                .setRunning(view.running())
                .setObserved(view.observed().name())
                .setReason(view.reason())
                .setPushName(view.pushName())
                .setNode(view.node())
                .setEpoch(view.epoch())
                .addAllLabels(view.labels())
                .putAllMetadata(view.metadata())
                .addAllPlugins(view.plugins())
                .setProxy(view.proxy())
                .setLastSequence(view.lastSequence());
        if (view.jid() != null) {
            written.setJid(Values.address(view.jid()));
        }
        if (view.pn() != null) {
            written.setPn(Values.address(view.pn()));
        }
        if (view.lid() != null) {
            written.setLid(Values.address(view.lid()));
        }
        if (view.lastTrafficAt() != null) {
            written.setLastTrafficAt(Values.moment(view.lastTrafficAt()));
        }
        if (view.lastServerAckAt() != null) {
            written.setLastServerAckAt(Values.moment(view.lastServerAckAt()));
        }
        AccountView.Restriction restriction = view.restriction();
        if (restriction != null) {
            written.setRestriction(restriction(restriction));
        }
        return written.build();
    }

    private static Restriction restriction(AccountView.Restriction restriction) {
        Restriction.Builder written =
                Restriction.newBuilder().setKind(restriction.kind()).setWaCode(restriction.waCode());
        if (restriction.until() != null) {
            written.setUntil(Values.moment(restriction.until()));
        }
        return written.build();
    }

    private static dev.waggle.proto.nodes.PairingView pairing(PairingView pairing) {
        var written = dev.waggle.proto.nodes.PairingView.newBuilder()
                .setId(pairing.id())
                .setState(pairing.state().name())
                .setMethod(pairing.method());
        if (pairing.qr() != null) {
            written.setQr(pairing.qr());
        }
        if (pairing.code() != null) {
            written.setCode(pairing.code());
        }
        if (pairing.expiresAt() != null) {
            written.setExpiresAt(Values.moment(pairing.expiresAt()));
        }
        if (pairing.problem() != null) {
            written.setProblem(pairing.problem());
        }
        return written.build();
    }

    /// Refused with `OTHER_BUILD` when this build does not know what it says.
    dev.waggle.platform.account.Answer<?> read(Answer answer) {
        if (answer.hasRefused()) {
            return refused(answer.getRefused());
        }
        Object value = value(answer);
        return value == null
                ? dev.waggle.platform.account.Answer.refuse(
                        Refusal.Code.OTHER_BUILD,
                        "the account runs in another build, whose answer this node cannot read")
                : dev.waggle.platform.account.Answer.of(value);
    }

    private static dev.waggle.platform.account.Answer<?> refused(Refused refused) {
        return CODES.find(refused.getCode())
                .map(code -> dev.waggle.platform.account.Answer.refuse(code, refused.getDetail()))
                .orElseGet(() -> dev.waggle.platform.account.Answer.refuse(
                        Refusal.Code.OTHER_BUILD, refused.getCode() + ": " + refused.getDetail()));
    }

    private @Nullable Object value(Answer answer) {
        return switch (answer.getAnswerCase()) {
            case DONE -> Done.getInstance();
            case VIEW -> view(answer.getView()).orElse(null);
            case PAIRING -> pairing(answer.getPairing()).orElse(null);
            case ACCEPTED ->
                new AccountCommand.Accepted(
                        answer.getAccepted().getMessageId(),
                        answer.getAccepted().getState(),
                        answer.getAccepted().getRepeated());
            case CANCELLED ->
                new AccountCommand.Cancelled(new MessageId(answer.getCancelled().getMessage()));
            case MEDIA -> answer.getMedia();
            case PLUGIN ->
                new AccountCommand.PluginView(
                        answer.getPlugin().getPlugin(),
                        answer.getPlugin().getConfigMap(),
                        answer.getPlugin().getCursor(),
                        Values.bytes(answer.getPlugin().getState()));
            case IN_BUILD -> build.reads(answer.getInBuild()) ? build.read(answer.getInBuild(), Object.class) : null;
            case REFUSED, ANSWER_NOT_SET -> null;
        };
    }

    private static Optional<AccountView> view(View view) {
        return OBSERVED.find(view.getObserved())
                .map(observed -> new AccountView(
                        new AccountId(view.getId()),
                        view.getRunning(),
                        observed,
                        view.getReason(),
                        view.hasJid() ? Values.jid(view.getJid()) : null,
                        view.hasPn() ? Values.jid(view.getPn()) : null,
                        view.hasLid() ? Values.jid(view.getLid()) : null,
                        view.getPushName(),
                        view.getNode(),
                        view.getEpoch(),
                        view.hasLastTrafficAt() ? Values.instant(view.getLastTrafficAt()) : null,
                        view.hasLastServerAckAt() ? Values.instant(view.getLastServerAckAt()) : null,
                        view.hasRestriction() ? restriction(view.getRestriction()) : null,
                        List.copyOf(view.getLabelsList()),
                        view.getMetadataMap(),
                        Set.copyOf(view.getPluginsList()),
                        view.getProxy(),
                        view.getLastSequence()));
    }

    private static AccountView.Restriction restriction(Restriction restriction) {
        return new AccountView.Restriction(
                restriction.getKind(),
                restriction.getWaCode(),
                restriction.hasUntil() ? Values.instant(restriction.getUntil()) : null);
    }

    private static Optional<PairingView> pairing(dev.waggle.proto.nodes.PairingView view) {
        return PAIRING.find(view.getState())
                .map(state -> new PairingView(
                        view.getId(),
                        state,
                        view.getMethod(),
                        view.hasQr() ? view.getQr() : null,
                        view.hasCode() ? view.getCode() : null,
                        view.hasExpiresAt() ? Values.instant(view.getExpiresAt()) : null,
                        view.hasProblem() ? view.getProblem() : null));
    }
}
