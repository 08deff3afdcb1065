package dev.waggle.platform.webhook.shelf;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.platform.port.webhook.DeadLetter;
import dev.waggle.platform.webhook.lane.Cursor;
import dev.waggle.proto.journal.CursorRow;
import dev.waggle.proto.journal.DeadLetterRow;
import dev.waggle.proto.journal.WebhookRow;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.control.DocumentRow;
import dev.waggle.storage.control.Shelf;
import dev.waggle.storage.vault.Sealer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Webhooks, cursors and dead letters in the control store, each sealed: webhooks under the installation's data
/// key, the rest under its account's, so that it goes with the account. Names of documents stay readable:
/// `webhook`, `webhook/account`, `webhook/account/sequence`.
public final class WebhookShelf {
    private static final int PAGE = 500;
    private static final String WEBHOOK = "webhook";
    private static final String CURSOR = "webhook-cursor";
    private static final String LETTER = "dead-letter";

    private final ControlStore control;
    private final Supplier<CompletionStage<Sealer>> installation;
    private final Function<AccountId, CompletionStage<Sealer>> accounts;

    public WebhookShelf(
            ControlStore control,
            Supplier<CompletionStage<Sealer>> installation,
            Function<AccountId, CompletionStage<Sealer>> accounts) {
        this.control = control;
        this.installation = installation;
        this.accounts = accounts;
    }

    /// The installation's key is drawn with the first webhook, not before.
    public CompletionStage<List<Definition>> definitions() {
        return rows(Shelf.WEBHOOK, "")
                .thenCompose(rows -> rows.isEmpty()
                        ? CompletableFuture.completedStage(List.of())
                        : installation
                                .get()
                                .thenApply(sealer -> rows.stream()
                                        .map(row -> Definition.of(
                                                read(sealer, WEBHOOK, row.id(), row.document(), WebhookRow.parser())))
                                        .toList()));
    }

    public CompletionStage<Void> put(Definition definition) {
        String id = definition.webhook().id();
        return installation
                .get()
                .thenCompose(sealer ->
                        control.putDocument(Shelf.WEBHOOK, id, sealed(sealer, WEBHOOK, id, definition.row())));
    }

    public CompletionStage<Void> delete(String webhook) {
        return control.deleteDocument(Shelf.WEBHOOK, webhook);
    }

    public CompletionStage<Sealer> sealer(AccountId account) {
        return accounts.apply(account);
    }

    public CompletionStage<Optional<Cursor>> cursor(Sealer sealer, Pair pair) {
        String id = pair.toString();
        return control.document(Shelf.WEBHOOK_CURSOR, id)
                .thenApply(found ->
                        found.map(document -> CursorForm.of(read(sealer, CURSOR, id, document, CursorRow.parser()))));
    }

    public CompletionStage<Void> put(Sealer sealer, Pair pair, Cursor cursor) {
        String id = pair.toString();
        return control.putDocument(Shelf.WEBHOOK_CURSOR, id, sealed(sealer, CURSOR, id, CursorForm.row(cursor)));
    }

    /// Every pair that has a cursor.
    public CompletionStage<List<Pair>> pairs() {
        return rows(Shelf.WEBHOOK_CURSOR, "")
                .thenApply(
                        rows -> rows.stream().map(row -> Pair.parse(row.id())).toList());
    }

    private static String letterId(Pair pair, long sequence) {
        return pair + "/" + String.format(Locale.ROOT, "%019d", sequence);
    }

    public CompletionStage<Void> put(Sealer sealer, Pair pair, DeadLetter letter) {
        String id = letterId(pair, letter.sequence());
        return control.putDocument(Shelf.DEAD_LETTER, id, sealed(sealer, LETTER, id, CursorForm.row(letter)));
    }

    /// Of a webhook, or of one of its accounts only.
    ///
    /// @param after null: from the beginning
    public CompletionStage<List<DeadLetter>> letters(String webhook, DeadLetter.@Nullable Ref after, int limit) {
        String prefix = webhook + "/";
        String from = after == null ? prefix : letterId(new Pair(webhook, after.account()), after.sequence());
        return control.documents(Shelf.DEAD_LETTER, from, limit).thenCompose(rows -> {
            CompletionStage<List<DeadLetter>> all = CompletableFuture.completedStage(new ArrayList<>());
            for (DocumentRow row : rows) {
                if (row.id().startsWith(prefix)) {
                    all = all.thenCombine(letter(row), (list, letter) -> {
                        list.add(letter);
                        return list;
                    });
                }
            }
            return all;
        });
    }

    private CompletionStage<DeadLetter> letter(DocumentRow row) {
        AccountId account =
                Pair.parse(row.id().substring(0, row.id().lastIndexOf('/'))).account();
        return accounts.apply(account)
                .thenApply(sealer ->
                        CursorForm.of(account, read(sealer, LETTER, row.id(), row.document(), DeadLetterRow.parser())));
    }

    public CompletionStage<Boolean> hasLetter(Pair pair, long sequence) {
        return control.document(Shelf.DEAD_LETTER, letterId(pair, sequence)).thenApply(Optional::isPresent);
    }

    public CompletionStage<Void> deleteLetter(Pair pair, long sequence) {
        return control.deleteDocument(Shelf.DEAD_LETTER, letterId(pair, sequence));
    }

    /// Removes what is kept of a pair.
    public CompletionStage<Void> forget(Pair pair) {
        return deleteAll(Shelf.DEAD_LETTER, pair + "/")
                .thenCompose(_ -> control.deleteDocument(Shelf.WEBHOOK_CURSOR, pair.toString()));
    }

    private CompletionStage<Void> deleteAll(Shelf shelf, String prefix) {
        return control.documents(shelf, prefix, PAGE).thenCompose(page -> {
            CompletionStage<Void> gone = CompletableFuture.completedStage(null);
            List<DocumentRow> ours =
                    page.stream().filter(row -> row.id().startsWith(prefix)).toList();
            for (DocumentRow row : ours) {
                gone = gone.thenCompose(_ -> control.deleteDocument(shelf, row.id()));
            }
            return ours.size() < PAGE ? gone : gone.thenCompose(_ -> deleteAll(shelf, prefix));
        });
    }

    private CompletionStage<List<DocumentRow>> rows(Shelf shelf, String after) {
        return control.documents(shelf, after, PAGE)
                .thenCompose(page -> page.size() < PAGE
                        ? CompletableFuture.completedStage(page)
                        : rows(shelf, page.getLast().id()).thenApply(rest -> {
                            List<DocumentRow> all = new ArrayList<>(page);
                            all.addAll(rest);
                            return all;
                        }));
    }

    private static Bytes sealed(Sealer sealer, String kind, String id, MessageLite row) {
        return sealer.seal(kind, id, Bytes.wrap(row.toByteArray()));
    }

    private static <T> T read(Sealer sealer, String kind, String id, Bytes document, Parser<T> parser) {
        try {
            return parser.parseFrom(sealer.open(kind, id, document).unsafeArray());
        } catch (InvalidProtocolBufferException e) {
            throw new StoreException(StoreException.Code.STORAGE_CORRUPT, kind + " " + id, e);
        }
    }
}
