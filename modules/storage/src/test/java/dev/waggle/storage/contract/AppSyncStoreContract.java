package dev.waggle.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.storage.row.HashState;
import dev.waggle.storage.row.MutationMac;
import dev.waggle.storage.row.SyncKey;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public abstract class AppSyncStoreContract extends Contract {
    private static final String CRITICAL = "critical_block";

    private static SyncKey syncKey(String idHex, long seconds) {
        return new SyncKey(Bytes.hex(idHex), value("key " + idHex), value("fingerprint"), NOW.plusSeconds(seconds));
    }

    @Test
    void a_sync_key_reads_back_by_its_id() {
        run(backend.putSyncKey(syncKey("000000000001", 0)));
        assertThat(get(backend.loadSyncKey(Bytes.hex("000000000001")))).contains(syncKey("000000000001", 0));
        assertThat(get(backend.loadSyncKey(Bytes.hex("000000000002")))).isEmpty();
    }

    @Test
    void the_latest_sync_key_has_the_highest_id_as_unsigned_bytes_whatever_its_time() {
        assertThat(get(backend.latestSyncKeyId())).isEmpty();
        run(backend.putSyncKey(syncKey("00000000007f", 900)));
        run(backend.putSyncKey(syncKey("000000000080", 0)));
        run(backend.putSyncKey(syncKey("00000000000a", 999)));
        assertThat(get(backend.latestSyncKeyId())).contains(Bytes.hex("000000000080"));
    }

    @Test
    void a_collection_without_a_version_stands_at_the_beginning() {
        assertThat(get(backend.loadVersion(CRITICAL))).isEqualTo(HashState.INITIAL);
    }

    @Test
    void a_version_reads_back_with_its_hash_and_flag() {
        byte[] hash = new byte[128];
        hash[5] = 9;
        HashState state = new HashState(42, Bytes.of(hash), true);
        run(backend.putVersion(CRITICAL, state));
        assertThat(get(backend.loadVersion(CRITICAL))).isEqualTo(state);
        assertThat(get(backend.loadVersion("regular"))).isEqualTo(HashState.INITIAL);
    }

    @Test
    void mutation_macs_are_replaced_loaded_and_deleted_in_bulk() {
        List<MutationMac> macs = IntStream.range(0, 1_200)
                .mapToObj(i -> new MutationMac(Bytes.utf8("index " + i), value("mac " + i), 1))
                .toList();
        run(backend.putMutationMacs(CRITICAL, macs));
        run(backend.putMutationMacs(CRITICAL, List.of(new MutationMac(Bytes.utf8("index 7"), value("new"), 2))));
        assertThat(get(backend.loadMutationMacs(
                        CRITICAL, List.of(Bytes.utf8("index 7"), Bytes.utf8("index 8"), Bytes.utf8("no such")))))
                .isEqualTo(Map.of(Bytes.utf8("index 7"), value("new"), Bytes.utf8("index 8"), value("mac 8")));
        run(backend.deleteMutationMacs(CRITICAL, List.of(Bytes.utf8("index 7"))));
        assertThat(get(backend.loadMutationMac(CRITICAL, Bytes.utf8("index 7"))))
                .isEmpty();
        assertThat(get(backend.loadMutationMac(CRITICAL, Bytes.utf8("index 8"))))
                .contains(value("mac 8"));
    }

    @Test
    void clearing_the_macs_of_one_collection_leaves_the_others() {
        MutationMac mac = new MutationMac(Bytes.utf8("index"), value("mac"), 1);
        run(backend.putMutationMacs(CRITICAL, List.of(mac)));
        run(backend.putMutationMacs("regular", List.of(mac)));
        run(backend.clearMutationMacs(CRITICAL));
        assertThat(get(backend.loadMutationMac(CRITICAL, mac.indexMac()))).isEmpty();
        assertThat(get(backend.loadMutationMac("regular", mac.indexMac()))).contains(mac.valueMac());
    }
}
