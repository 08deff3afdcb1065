package dev.waggle.wire.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokensTest {
    @Test
    void every_token_is_found_by_its_text_alone() {
        Set<String> seen = new HashSet<>();
        for (int i = 1; i < Wap.DICTIONARY_0; i++) {
            assertThat(Tokens.code(new String(Tokens.single(i).toCharArray()))).isEqualTo(i);
            seen.add(Tokens.single(i));
        }
        for (int dictionary = 0; dictionary < 4; dictionary++) {
            for (int i = 0; i < 256; i++) {
                String token = Tokens.paged(dictionary, i);
                assertThat(Tokens.code(token)).isEqualTo(((Wap.DICTIONARY_0 + dictionary) << 8) + i);
                seen.add(token);
            }
        }
        assertThat(seen).hasSize(235 + 4 * 256).doesNotContain("");
    }

    @Test
    void the_tables_are_those_of_version_3() {
        assertThat(Tokens.VERSION).isEqualTo(3);
        assertThat(Tokens.single(3)).isEqualTo("s.whatsapp.net");
        assertThat(Tokens.single(235)).isEqualTo("screen_height");
        assertThat(Tokens.paged(0, 8)).isEqualTo("2:47DEQpj8");
        assertThat(Tokens.paged(1, 0)).isEqualTo("reject");
        assertThat(Tokens.paged(2, 0)).isEqualTo("64");
        assertThat(Tokens.paged(3, 0)).isEqualTo("1724");
    }

    @Test
    void other_texts_have_no_code() {
        assertThat(Tokens.code("")).isZero();
        assertThat(Tokens.code("no such token")).isZero();
        assertThat(Tokens.code("x".repeat(1000))).isZero();
    }
}
