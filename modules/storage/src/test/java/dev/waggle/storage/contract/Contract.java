package dev.waggle.storage.contract;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.Backend;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.row.MessageKey;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What all contract classes share: a fresh tenant, its first account, and some values.
public abstract class Contract {
    protected static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
    protected static final DeviceAddress ALICE = new DeviceAddress("100000000000001_1", 0);
    protected static final DeviceAddress ALICE_LAPTOP = new DeviceAddress("100000000000001_1", 7);
    protected static final DeviceAddress BOB = new DeviceAddress("4915550001", 0);
    protected static final Jid GROUP = Jid.group("1203630001");
    protected static final Jid ALICE_LID = Jid.lid("100000000000001");
    protected static final Jid BOB_PN = Jid.pn("4915550001");

    protected Tenant tenant;
    protected Backend backend;

    protected abstract Tenant tenant() throws Exception;

    @BeforeEach
    void open_a_fresh_tenant() throws Exception {
        tenant = tenant();
        backend = open("first");
    }

    @AfterEach
    void close_the_tenant() {
        tenant.close();
    }

    protected final Backend open(String account) {
        return get(tenant.provider().open(new AccountId(account)));
    }

    protected static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    protected static void run(CompletionStage<?> stage) {
        stage.toCompletableFuture().join();
    }

    protected static StoreException.Code failureOf(CompletionStage<?> stage) {
        try {
            Object result = stage.toCompletableFuture().join();
            throw new AssertionError("completed with " + result + ", expected a StoreException");
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException typed) {
                return typed.code();
            }
            throw new AssertionError("failed with " + e.getCause() + ", expected a StoreException", e);
        }
    }

    /// Opaque bytes that differ by text.
    protected static Bytes value(String text) {
        return Bytes.utf8("value of " + text);
    }

    protected static MessageKey key(String id) {
        return new MessageKey(GROUP, ALICE_LID, new MessageId(id));
    }
}
