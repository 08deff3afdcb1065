package dev.waggle.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.storage.control.ApiKeyRow;
import dev.waggle.storage.control.AuditRow;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.control.DataKeyRow;
import dev.waggle.storage.control.DocumentRow;
import dev.waggle.storage.control.Shelf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

public abstract class ControlStoreContract extends Contract {
    private static final AccountId ID = new AccountId("bot-1");

    private ControlStore control() {
        return tenant.provider().control();
    }

    private static ApiKeyRow apiKey(String id) {
        return new ApiKeyRow(
                id, value("hash of " + id), Set.of("accounts:read", "a:b 3:"), "label", NOW, NOW.plusSeconds(9), false);
    }

    @Test
    void api_keys_are_found_by_id_and_by_hash() {
        run(control().putApiKey(apiKey("k1")));
        run(control().putApiKey(new ApiKeyRow("k2", value("other"), Set.of(), "", NOW, null, true)));
        assertThat(get(control().apiKey("k1"))).contains(apiKey("k1"));
        assertThat(get(control().apiKeyByHash(value("other"))))
                .contains(new ApiKeyRow("k2", value("other"), Set.of(), "", NOW, null, true));
        assertThat(get(control().apiKeyByHash(value("unknown")))).isEmpty();
        assertThat(get(control().apiKeys("", 1))).extracting(ApiKeyRow::id).containsExactly("k1");
        assertThat(get(control().apiKeys("k1", 10))).extracting(ApiKeyRow::id).containsExactly("k2");
        run(control().deleteApiKey("k1"));
        assertThat(get(control().apiKey("k1"))).isEmpty();
    }

    @Test
    void audit_entries_are_numbered_and_expire() {
        long first = get(control().appendAudit(AuditRow.of(NOW, "k1", "account.put", "bot-1", "created")));
        long second = get(control().appendAudit(AuditRow.of(NOW.plusSeconds(9), "k1", "account.delete", "bot-1", "")));
        assertThat(second).isGreaterThan(first);
        assertThat(get(control().audit(first, 10)))
                .containsExactly(new AuditRow(second, NOW.plusSeconds(9), "k1", "account.delete", "bot-1", ""));
        assertThat(get(control().purgeAudit(NOW.plusSeconds(9)))).isOne();
        assertThat(get(control().audit(0, 10))).extracting(AuditRow::sequence).containsExactly(second);
    }

    @Test
    void documents_lie_on_their_own_shelf() {
        run(control().putDocument(Shelf.WEBHOOK, "w1", value("one")));
        run(control().putDocument(Shelf.WEBHOOK, "w1", value("two")));
        run(control().putDocument(Shelf.WEBHOOK, "w2", Bytes.EMPTY));
        run(control().putDocument(Shelf.OPERATION, "w1", value("operation")));
        assertThat(get(control().document(Shelf.WEBHOOK, "w1"))).contains(value("two"));
        assertThat(get(control().documents(Shelf.WEBHOOK, "", 10)))
                .containsExactly(new DocumentRow("w1", value("two")), new DocumentRow("w2", Bytes.EMPTY));
        assertThat(get(control().documents(Shelf.WEBHOOK, "w1", 10))).hasSize(1);
        run(control().deleteDocument(Shelf.WEBHOOK, "w1"));
        assertThat(get(control().document(Shelf.WEBHOOK, "w1"))).isEmpty();
        assertThat(get(control().document(Shelf.OPERATION, "w1"))).isPresent();
    }

    @Test
    void a_document_is_replaced_only_where_it_is_as_expected() {
        assertThat(get(control().replaceDocument(Shelf.SETTING, "s", value("no"), value("one"))))
                .isFalse();
        assertThat(get(control().document(Shelf.SETTING, "s"))).isEmpty();
        assertThat(get(control().replaceDocument(Shelf.SETTING, "s", null, value("one"))))
                .isTrue();
        assertThat(get(control().replaceDocument(Shelf.SETTING, "s", null, value("two"))))
                .isFalse();
        assertThat(get(control().replaceDocument(Shelf.SETTING, "s", value("two"), value("three"))))
                .isFalse();
        assertThat(get(control().document(Shelf.SETTING, "s"))).contains(value("one"));
        assertThat(get(control().replaceDocument(Shelf.SETTING, "s", value("one"), Bytes.EMPTY)))
                .isTrue();
        assertThat(get(control().replaceDocument(Shelf.SETTING, "s", Bytes.EMPTY, value("four"))))
                .isTrue();
        assertThat(get(control().document(Shelf.SETTING, "s"))).contains(value("four"));
    }

    @Test
    void of_many_who_replace_a_document_at_once_each_step_is_ones_own() {
        run(control().putDocument(Shelf.LEASE, "n", Bytes.utf8("0")));
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(raised().toCompletableFuture());
        }
        all.forEach(CompletableFuture::join);
        assertThat(get(control().document(Shelf.LEASE, "n"))).contains(Bytes.utf8("8"));
    }

    private CompletionStage<Void> raised() {
        return control().document(Shelf.LEASE, "n").thenCompose(found -> {
            Bytes next = Bytes.utf8(Integer.toString(1 + Integer.parseInt(text(found.orElseThrow()))));
            return control()
                    .replaceDocument(Shelf.LEASE, "n", found.get(), next)
                    .thenCompose(done -> done ? CompletableFuture.completedFuture(null) : raised());
        });
    }

    private static String text(Bytes document) {
        return new String(document.toArray(), StandardCharsets.UTF_8);
    }

    @Test
    void account_rows_read_back_whole_and_in_pages() {
        AccountRow full = new AccountRow(
                ID,
                "RUNNING",
                "ONLINE",
                "Näme 🐝 2:x",
                List.of("eu", "", "a:b"),
                Map.of("owner", "team 7", "empty", ""),
                Jid.pn("4915550001").withDevice(12),
                Jid.pn("4915550001"),
                Jid.lid("1001"),
                NOW);
        AccountRow bare = new AccountRow(
                new AccountId("bot-2"), "STOPPED", "UNPAIRED", "", List.of(), Map.of(), null, null, null, NOW);
        run(control().putAccount(bare));
        run(control().putAccount(full));
        assertThat(get(control().account(ID))).contains(full);
        assertThat(get(control().accounts("", 10))).containsExactly(full, bare);
        assertThat(get(control().accounts("bot-1", 10))).containsExactly(bare);
        assertThat(get(control().accounts("", 1))).containsExactly(full);
        run(control().deleteAccount(ID));
        assertThat(get(control().account(ID))).isEmpty();
    }

    @Test
    void an_incarnation_of_a_data_key_is_created_once() {
        DataKeyRow first = new DataKeyRow(ID, 1, value("wrapped"));
        assertThat(get(control().dataKey(ID))).isEmpty();
        assertThat(get(control().createDataKey(first))).isTrue();
        assertThat(get(control().createDataKey(new DataKeyRow(ID, 1, value("rival")))))
                .isFalse();
        assertThat(get(control().dataKey(ID))).contains(first);
        assertThat(get(control().createDataKey(new DataKeyRow(ID, 2, value("next")))))
                .isTrue();
        assertThat(get(control().createDataKey(first))).isFalse();
        // A tenant that seals keeps a key for the account that the test opened.
        assertThat(get(control().dataKeys("bot", 10))).contains(new DataKeyRow(ID, 2, value("next")));
        assertThat(get(control().dataKeys("bot-1", 10)))
                .doesNotContain(first)
                .noneMatch(row -> row.account().equals(ID));
    }

    @Test
    void a_destroyed_data_key_leaves_its_number() {
        run(control().createDataKey(new DataKeyRow(ID, 3, value("wrapped"))));
        assertThat(get(control().rewrapDataKey(new DataKeyRow(ID, 3, value("again")))))
                .isTrue();
        assertThat(get(control().rewrapDataKey(new DataKeyRow(ID, 2, value("old")))))
                .isFalse();
        run(control().destroyDataKey(ID));
        assertThat(get(control().dataKey(ID))).contains(new DataKeyRow(ID, 3, Bytes.EMPTY));
        assertThat(get(control().rewrapDataKey(new DataKeyRow(ID, 3, value("revived")))))
                .isFalse();
        assertThat(get(control().createDataKey(new DataKeyRow(ID, 4, value("new")))))
                .isTrue();
    }
}
