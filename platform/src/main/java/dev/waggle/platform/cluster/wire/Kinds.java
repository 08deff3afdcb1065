package dev.waggle.platform.cluster.wire;

import dev.waggle.address.AccountId;
import dev.waggle.platform.cluster.Accounts;
import dev.waggle.platform.cluster.news.News;
import dev.waggle.proto.nodes.Answer;
import dev.waggle.proto.nodes.OfAccount;
import dev.waggle.proto.nodes.Tell;
import dev.waggle.storage.control.AccountRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// Every kind of message between nodes, by its class and by its name.
final class Kinds {
    private final Map<Class<?>, Kind<?, ?>> byType = new HashMap<>();
    private final Map<String, Kind<?, ?>> byName = new HashMap<>();

    Kinds(Refs refs, BuildForm build) {
        List<Kind<?, ?>> all = new ArrayList<>(own(refs, build));
        ServiceLoader.load(Crossing.class).forEach(room -> all.addAll(room.kinds(refs)));
        for (Kind<?, ?> kind : all) {
            if (byName.put(kind.name(), kind) != null) {
                throw new IllegalStateException("two kinds of message are called " + kind.name());
            }
            kind.types().forEach(type -> byType.put(type, kind));
        }
    }

    private static List<Kind<?, ?>> own(Refs refs, BuildForm build) {
        Commands commands = new Commands(refs, build);
        Answers answers = new Answers(build);
        return List.of(
                new Kind<Accounts.Command, Tell>(
                        "tell",
                        List.of(Accounts.Tell.class, Accounts.Unheard.class),
                        commands::write,
                        Tell.parser(),
                        commands::read),
                ofAccount(
                        "erase",
                        Accounts.Erase.class,
                        erase -> written(refs, erase.account(), erase.replyTo()),
                        Accounts.Erase::new,
                        refs),
                ofAccount(
                        "restart",
                        Accounts.Restart.class,
                        restart -> written(refs, restart.account(), restart.replyTo()),
                        Accounts.Restart::new,
                        refs),
                new Kind<dev.waggle.platform.account.Answer<?>, Answer>(
                        "answer", answerTypes(), answers::write, Answer.parser(), answers::read),
                Kind.of("news", News.class, Kinds::write, dev.waggle.proto.nodes.News.parser(), Kinds::read));
    }

    @SuppressWarnings("unchecked")
    private static List<Class<? extends dev.waggle.platform.account.Answer<?>>> answerTypes() {
        return List.of(
                (Class<? extends dev.waggle.platform.account.Answer<?>>)
                        (Class<?>) dev.waggle.platform.account.Answer.Granted.class,
                (Class<? extends dev.waggle.platform.account.Answer<?>>)
                        (Class<?>) dev.waggle.platform.account.Answer.Refused.class);
    }

    private static <T> Kind<T, OfAccount> ofAccount(
            String name,
            Class<T> type,
            java.util.function.Function<T, OfAccount> writer,
            BiFunction<AccountId, ActorRef<dev.waggle.platform.account.Answer<Done>>, T> maker,
            Refs refs) {
        return Kind.of(
                name,
                type,
                writer,
                OfAccount.parser(),
                read -> maker.apply(new AccountId(read.getAccount()), refs.actor(read.getReplyTo())));
    }

    private static OfAccount written(Refs refs, AccountId account, ActorRef<?> replyTo) {
        return OfAccount.newBuilder()
                .setAccount(account.value())
                .setReplyTo(refs.name(replyTo))
                .build();
    }

    private static dev.waggle.proto.nodes.News write(News news) {
        var written = dev.waggle.proto.nodes.News.newBuilder()
                .setNode(news.node())
                .setWebhooks(news.webhooks())
                .setSettings(news.settings());
        news.listed().forEach(row -> written.addListed(Values.row(row)));
        news.gone().forEach(account -> written.addGone(account.value()));
        news.published().forEach(account -> written.addPublished(account.value()));
        return written.build();
    }

    private static News read(dev.waggle.proto.nodes.News news) {
        List<AccountRow> listed = news.getListedList().stream().map(Values::row).toList();
        return new News(
                news.getNode(),
                listed,
                accounts(news.getGoneList()),
                accounts(news.getPublishedList()),
                news.getWebhooks(),
                news.getSettings());
    }

    private static Set<AccountId> accounts(List<String> ids) {
        return ids.stream().map(AccountId::new).collect(java.util.stream.Collectors.toSet());
    }

    /// Null: its messages do not travel.
    @Nullable
    Kind<?, ?> of(Class<?> type) {
        return byType.get(type);
    }

    /// Null: this build knows none of that name.
    @Nullable
    Kind<?, ?> named(String name) {
        return byName.get(name);
    }

    Set<Class<?>> types() {
        return Set.copyOf(byType.keySet());
    }

    Set<String> names() {
        return Set.copyOf(byName.keySet());
    }
}
