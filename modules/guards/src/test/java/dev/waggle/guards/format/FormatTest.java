package dev.waggle.guards.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.guards.Tree;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FormatTest {
    @Test
    void every_source_is_laid_out_as_bin_format_does() {
        Tree tree = Tree.current();
        assertThat(tree.javaFiles().stream().filter(FormatTest::isOutOfForm).map(tree::name))
                .as("out of form; run bin/format on these")
                .isEmpty();
    }

    @Test
    void a_source_out_of_form_is_seen_and_mended() {
        String mended = Format.format("import b.B;import a.A;class   X{int a ;}");
        assertThat(mended).isEqualTo("import a.A;\nimport b.B;\n\nclass X {\n    int a;\n}\n");
        assertThat(Format.format(mended)).isEqualTo(mended);
    }

    @Test
    void an_import_for_a_comment_stays() {
        assertThat(Format.format("import a.A;\n\n/// See [A].\nclass X {}\n")).contains("import a.A;");
    }

    @Test
    void a_bare_underscore_in_a_record_pattern_becomes_one_that_the_formatter_reads() {
        assertThat(Format.format("class X { boolean b = o instanceof A(var _, B(var _, var _)); }"))
                .contains("o instanceof A(var _, B(var _, var _))");
    }

    @Test
    void what_is_not_java_is_named_so() {
        assertThatThrownBy(() -> Format.format("class {")).isInstanceOf(FormatException.class);
    }

    private static boolean isOutOfForm(Path file) {
        String source = Tree.read(file);
        try {
            return !Format.format(source).equals(source);
        } catch (FormatException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }
}
