package dev.waggle.platform.cluster.wire;

import dev.waggle.address.AccountId;
import dev.waggle.address.MessageId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.cluster.Accounts;
import dev.waggle.proto.nodes.BindPlugin;
import dev.waggle.proto.nodes.Configure;
import dev.waggle.proto.nodes.Empty;
import dev.waggle.proto.nodes.FetchMedia;
import dev.waggle.proto.nodes.InBuild;
import dev.waggle.proto.nodes.Login;
import dev.waggle.proto.nodes.OfMessage;
import dev.waggle.proto.nodes.OfPairing;
import dev.waggle.proto.nodes.OfPlugin;
import dev.waggle.proto.nodes.Pairs;
import dev.waggle.proto.nodes.Proxy;
import dev.waggle.proto.nodes.Send;
import dev.waggle.proto.nodes.SetDesiredState;
import dev.waggle.proto.nodes.SetProxy;
import dev.waggle.proto.nodes.StartPairing;
import dev.waggle.proto.nodes.Tell;
import dev.waggle.proto.nodes.Texts;
import dev.waggle.transport.Egress;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// What an account can be told from another node.
final class Commands {
    /// What this build understands of commands. A later build that says something which may not be ignored asks for
    /// more.
    static final int LEVEL = 1;

    private static final Names<Egress.Proxy.Kind> PROXIES = Names.of(Egress.Proxy.Kind.class);

    private final Refs refs;
    private final BuildForm build;

    Commands(Refs refs, BuildForm build) {
        this.refs = refs;
        this.build = build;
    }

    Tell write(Accounts.Command message) {
        return switch (message) {
            case Accounts.Tell(var account, var command) ->
                write(command)
                        .setAccount(account.value())
                        .setReplyTo(refs.name(command.replyTo()))
                        .build();
            case Accounts.Unheard(var account, var _, var replyTo) ->
                Tell.newBuilder()
                        .setAccount(account.value())
                        .setReplyTo(refs.name(replyTo))
                        .build();
            default -> throw new IllegalArgumentException("not told to an account: " + message.getClass());
        };
    }

    private Tell.Builder write(AccountCommand command) {
        Tell.Builder tell = Tell.newBuilder();
        return switch (command) {
            case AccountCommand.Configure configure -> tell.setConfigure(configure(configure));
            case AccountCommand.SetProxy(var proxy, var _) -> tell.setSetProxy(proxy(proxy));
            case AccountCommand.Describe _ -> tell.setDescribe(Empty.getDefaultInstance());
            case AccountCommand.SetDesiredState(var running, var _) ->
                tell.setSetDesiredState(SetDesiredState.newBuilder().setRunning(running));
            case AccountCommand.StartPairing(var phone, var _) -> tell.setStartPairing(startPairing(phone));
            case AccountCommand.DescribePairing(var pairing, var _) -> tell.setDescribePairing(ofPairing(pairing));
            case AccountCommand.WatchPairing(var pairing, var _) -> tell.setWatchPairing(ofPairing(pairing));
            case AccountCommand.CancelPairing(var pairing, var _) -> tell.setCancelPairing(ofPairing(pairing));
            case AccountCommand.Send send -> tell.setSend(send(send));
            case AccountCommand.FetchMedia(var message, var thumbnail, var _) ->
                tell.setFetchMedia(
                        FetchMedia.newBuilder().setMessage(message.value()).setThumbnail(thumbnail));
            case AccountCommand.CancelSend(var message, var _) ->
                tell.setCancelSend(OfMessage.newBuilder().setMessage(message.value()));
            case AccountCommand.BindPlugin(var plugin, var config, var _) ->
                tell.setBindPlugin(BindPlugin.newBuilder().setPlugin(plugin).putAllConfig(config));
            case AccountCommand.UnbindPlugin(var plugin, var _) -> tell.setUnbindPlugin(ofPlugin(plugin));
            case AccountCommand.DescribePlugin(var plugin, var _) -> tell.setDescribePlugin(ofPlugin(plugin));
            case AccountCommand.Logout _ -> tell.setLogout(Empty.getDefaultInstance());
            case AccountCommand.Delete _ -> tell.setDelete(Empty.getDefaultInstance());
            // A bot runs where its account does, and ends with it: the next owner's begins its step anew.
            case AccountCommand.StepPlugin _, AccountCommand.Leave _ -> tell.setInBuild(build.write(command));
        };
    }

    private static Configure configure(AccountCommand.Configure command) {
        Configure.Builder written = Configure.newBuilder();
        if (command.pushName() != null) {
            written.setPushName(command.pushName());
        }
        if (command.labels() != null) {
            written.setLabels(Texts.newBuilder().addAllItems(command.labels()));
        }
        if (command.metadata() != null) {
            written.setMetadata(Pairs.newBuilder().putAllItems(command.metadata()));
        }
        return written.build();
    }

    private static SetProxy proxy(Egress.@Nullable Proxy proxy) {
        if (proxy == null) {
            return SetProxy.getDefaultInstance();
        }
        Proxy.Builder written = Proxy.newBuilder()
                .setKind(proxy.kind().name())
                .setHost(proxy.host())
                .setPort(proxy.port());
        Egress.Login login = proxy.login();
        if (login != null) {
            written.setLogin(Login.newBuilder().setUser(login.user()).setPassword(login.password()));
        }
        return SetProxy.newBuilder().setProxy(written).build();
    }

    private static StartPairing startPairing(@Nullable String phone) {
        return phone == null
                ? StartPairing.getDefaultInstance()
                : StartPairing.newBuilder().setPhone(phone).build();
    }

    private static OfPairing ofPairing(String pairing) {
        return OfPairing.newBuilder().setPairing(pairing).build();
    }

    private static OfPlugin ofPlugin(String plugin) {
        return OfPlugin.newBuilder().setPlugin(plugin).build();
    }

    private static Send send(AccountCommand.Send send) {
        Send.Builder written = Send.newBuilder()
                .setChat(Values.address(send.chat()))
                .setType(send.type())
                .setText(send.text())
                .setContent(Values.string(send.content()))
                .setMedia(send.media())
                .setThumbnail(send.thumbnail())
                .setIdempotencyKey(send.idempotencyKey())
                .setBodyHash(Values.string(send.bodyHash()));
        if (send.sendAt() != null) {
            written.setSendAt(Values.moment(send.sendAt()));
        }
        return written.build();
    }

    /// [Accounts.Unheard] when this build does not know what it says.
    Accounts.Command read(Tell tell) {
        AccountId account = new AccountId(tell.getAccount());
        if (tell.getNeeds() > LEVEL) {
            return unheard(account, tell, "a command of level " + tell.getNeeds() + " (this node knows " + LEVEL + ")");
        }
        if (tell.getCommandCase() == Tell.CommandCase.COMMAND_NOT_SET) {
            return unheard(account, tell, "a command that this node does not know");
        }
        InBuild inBuild = tell.getInBuild();
        if (tell.hasInBuild() && !build.reads(inBuild)) {
            return unheard(account, tell, "a command of form " + inBuild.getForm());
        }
        AccountCommand command = tell.hasInBuild() ? build.read(inBuild, AccountCommand.class) : command(tell);
        return command == null
                ? unheard(account, tell, "a command with a value that this node does not know")
                : new Accounts.Tell(account, command);
    }

    private Accounts.Unheard unheard(AccountId account, Tell tell, String what) {
        return new Accounts.Unheard(account, what, refs.actor(tell.getReplyTo()));
    }

    private @Nullable AccountCommand command(Tell tell) {
        return switch (tell.getCommandCase()) {
            case CONFIGURE -> configure(tell.getConfigure(), tell);
            case SET_PROXY -> setProxy(tell.getSetProxy(), tell);
            case DESCRIBE -> new AccountCommand.Describe(to(tell));
            case SET_DESIRED_STATE ->
                new AccountCommand.SetDesiredState(tell.getSetDesiredState().getRunning(), to(tell));
            case START_PAIRING ->
                new AccountCommand.StartPairing(
                        tell.getStartPairing().hasPhone()
                                ? tell.getStartPairing().getPhone()
                                : null,
                        to(tell));
            case DESCRIBE_PAIRING ->
                new AccountCommand.DescribePairing(tell.getDescribePairing().getPairing(), to(tell));
            case WATCH_PAIRING ->
                new AccountCommand.WatchPairing(tell.getWatchPairing().getPairing(), to(tell));
            case CANCEL_PAIRING ->
                new AccountCommand.CancelPairing(tell.getCancelPairing().getPairing(), to(tell));
            case SEND -> send(tell.getSend(), tell);
            case FETCH_MEDIA ->
                new AccountCommand.FetchMedia(
                        new MessageId(tell.getFetchMedia().getMessage()),
                        tell.getFetchMedia().getThumbnail(),
                        to(tell));
            case CANCEL_SEND ->
                new AccountCommand.CancelSend(new MessageId(tell.getCancelSend().getMessage()), to(tell));
            case BIND_PLUGIN ->
                new AccountCommand.BindPlugin(
                        tell.getBindPlugin().getPlugin(), tell.getBindPlugin().getConfigMap(), to(tell));
            case UNBIND_PLUGIN ->
                new AccountCommand.UnbindPlugin(tell.getUnbindPlugin().getPlugin(), to(tell));
            case DESCRIBE_PLUGIN ->
                new AccountCommand.DescribePlugin(tell.getDescribePlugin().getPlugin(), to(tell));
            case LOGOUT -> new AccountCommand.Logout(to(tell));
            case DELETE -> new AccountCommand.Delete(to(tell));
            case IN_BUILD, COMMAND_NOT_SET -> null;
        };
    }

    private <T> ActorRef<T> to(Tell tell) {
        return refs.actor(tell.getReplyTo());
    }

    private AccountCommand configure(Configure command, Tell tell) {
        return new AccountCommand.Configure(
                command.hasPushName() ? command.getPushName() : null,
                command.hasLabels()
                        ? command.getLabels().getItemsList().stream().toList()
                        : null,
                command.hasMetadata() ? command.getMetadata().getItemsMap() : null,
                to(tell));
    }

    private @Nullable AccountCommand setProxy(SetProxy command, Tell tell) {
        if (!command.hasProxy()) {
            return new AccountCommand.SetProxy(null, to(tell));
        }
        Proxy proxy = command.getProxy();
        return PROXIES.find(proxy.getKind())
                .map(kind -> new AccountCommand.SetProxy(
                        new Egress.Proxy(
                                kind,
                                proxy.getHost(),
                                proxy.getPort(),
                                proxy.hasLogin()
                                        ? new Egress.Login(
                                                proxy.getLogin().getUser(),
                                                proxy.getLogin().getPassword())
                                        : null),
                        to(tell)))
                .orElse(null);
    }

    private AccountCommand send(Send send, Tell tell) {
        return new AccountCommand.Send(
                Values.jid(send.getChat()),
                send.getType(),
                send.getText(),
                Values.bytes(send.getContent()),
                send.getMedia(),
                send.getThumbnail(),
                send.getIdempotencyKey(),
                Values.bytes(send.getBodyHash()),
                send.hasSendAt() ? Values.instant(send.getSendAt()) : null,
                to(tell));
    }
}
