package dev.waggle.guards.tidy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.guards.Exemptions;
import dev.waggle.guards.Finding;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each rule against a breach planted for it, and against the nearest thing that is allowed.
class TidyRulesTest {
    private static final String MAIN = "modules/x/src/main/java/dev/waggle/x/";
    private static final String TEST = "modules/x/src/test/java/dev/waggle/x/";

    @Test
    void a_file_over_the_stop_is_found() {
        assertThat(rules(MAIN + "A.java", "class A {}\n" + "//\n".repeat(400))).containsExactly("file-lines");
        assertThat(rules(MAIN + "A.java", "class A {}\n" + "//\n".repeat(399))).isEmpty();
    }

    @Test
    void a_method_over_the_stop_is_found_by_its_name() {
        String text = "class A {\n int f = 1;\n @B({1, 2}) <T> void longOne(int a) {\n"
                + "if (a > 0) { a--; }\n".repeat(59) + "}\n void other() {}\n}\n";
        Finding finding = check(Source.of(MAIN + "A.java", text)).getFirst();
        assertThat(finding).isEqualTo(new Finding("method-lines", MAIN + "A.java#longOne", 61, "at most 60"));
        assertThat(rules(MAIN + "A.java", text.replaceFirst("if [^\n]*\n", ""))).isEmpty();
    }

    @Test
    void methods_of_nested_types_count_for_themselves() {
        String text = "interface A {\n record B(int c) implements A {\n B {\n}\n}\n enum D { E;\n void f() {}\n}\n}\n";
        assertThat(Methods.of(Source.of(MAIN + "A.java", text)))
                .containsExactly(new Methods.Method("initialiser", 3, 2), new Methods.Method("f", 7, 1));
    }

    @Test
    void a_package_over_twenty_files_is_found() {
        Source[] files = IntStream.rangeClosed(1, 21)
                .mapToObj(i -> Source.of(TEST + "A" + i + ".java", ""))
                .toArray(Source[]::new);
        assertThat(new SizeRules().check(List.of(files)))
                .extracting(Finding::rule)
                .containsExactly("package-files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccountManager", "JidHelper", "BytesUtil", "BytesUtils", "TransportImpl"})
    void a_name_that_says_nothing_is_found(String name) {
        assertThat(rules(MAIN + "A.java", "final class " + name + " {}")).containsExactly("empty-name");
    }

    @Test
    void a_word_inside_a_name_or_a_comment_is_no_breach() {
        assertThat(rules(MAIN + "A.java", "/* class FooImpl */ class Implicit { String s = \"class XUtil\"; }"))
                .isEmpty();
    }

    @Test
    void a_test_that_is_no_sentence_is_found() {
        assertThat(rules(TEST + "A.java", "class A { @Test void camelCase() {} }"))
                .containsExactly("test-name");
        assertThat(rules(TEST + "A.java", "class A { @Test\n@Tag(\"x\") void word() throws Exception {} }"))
                .containsExactly("test-name");
        assertThat(rules(TEST + "A.java", "class A { @ParameterizedTest @ValueSource(ints = {1}) void a_b(int i) {} }"))
                .isEmpty();
    }

    @Test
    void a_package_without_its_card_is_found() {
        assertThat(check(Source.of(MAIN + "a/A.java", "class A {}"))).isEmpty();
        assertThat(new CardRule().check(List.of(Source.of(MAIN + "A.java", "class A {}"))))
                .extracting(Finding::says)
                .containsExactly("has no package-info.java");
    }

    @Test
    void a_card_without_a_line_is_found() {
        String card = "/// - Knows: a\n/// - Receives: b\n/// - Gives: c\n/// - Never: d\n@NullMarked\npackage x;";
        assertThat(new CardRule().check(List.of(Source.of(MAIN + "package-info.java", card))))
                .extracting(Finding::says)
                .containsExactly("has no line '- First file to read:'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"// TODO later", "/* FIXME */", "/// XXX", "class A { void a() { e.printStackTrace(); } }"})
    void a_leftover_is_found(String text) {
        assertThat(rules(MAIN + "A.java", text)).hasSize(1);
    }

    @Test
    void a_room_that_prints_is_found() {
        String text = "class A { void a() { System.out.println(); } }";
        assertThat(rules(MAIN + "A.java", text)).containsExactly("console");
        assertThat(rules(TEST + "A.java", text)).isEmpty();
    }

    @Test
    void a_test_that_sleeps_or_is_disabled_without_reason_is_found() {
        assertThat(rules(TEST + "A.java", "class A { void a() { Thread.sleep(5); } }"))
                .containsExactly("sleeping-test");
        assertThat(rules(TEST + "A.java", "@Disabled class A {}")).containsExactly("disabled");
        assertThat(rules(TEST + "A.java", "@Disabled(\"waits for x\") class A {}"))
                .isEmpty();
    }

    @Test
    void a_fixed_port_in_a_test_is_found() {
        assertThat(rules(TEST + "A.java", "class A { Object o = new InetSocketAddress(\"h\", 8080); }"))
                .containsExactly("fixed-port");
        assertThat(rules(TEST + "A.java", "class A { Object o = new ServerSocket(5222); }"))
                .containsExactly("fixed-port");
        assertThat(rules(TEST + "A.java", "class A { String s = \"ws://localhost:" + "8080\"; }"))
                .containsExactly("fixed-port");
        assertThat(rules(TEST + "A.java", "class A { Object o = new InetSocketAddress(\"h\", 0); }"))
                .isEmpty();
    }

    @Test
    void a_path_of_one_machine_is_found() {
        String home = "/home" + "/someone/x";
        assertThat(rules(MAIN + "A.java", "class A { String s = \"" + home + "\"; }"))
                .containsExactly("machine-path");
        assertThat(rules(MAIN + "A.java", "class A { String s = \"/v1" + home + "\"; }"))
                .isEmpty();
    }

    @Test
    void a_key_that_nothing_reads_is_found() {
        DeadKeyRule rule = new DeadKeyRule(List.of(
                Source.of(MAIN + "A.java", "class A { int p = c.getInt(\"http.port\"), h = c.get(\"host\"); }")));
        assertThat(rule.check(Map.of("reference.conf", "waggle.http { port = 1, host = x, dead = 2 }, pekko.x = 1")))
                .extracting(Finding::says)
                .containsExactly("waggle.http.dead is read nowhere");
        assertThat(rule.check(Map.of("broken.conf", "waggle {"))).hasSize(1);
    }

    @Test
    void an_exemption_holds_a_finding_down_but_not_up() {
        Finding finding = new Finding("file-lines", "A.java", 410, "");
        assertThat(exempt("file-lines | A.java | 410 | a table of names", finding))
                .isEmpty();
        assertThat(exempt("file-lines | A.java | 409 | a table of names", finding))
                .containsExactly(finding);
        assertThat(exempt("file-lines | A.java | 420 | a table of names", finding))
                .extracting(Finding::says)
                .containsExactly("file-lines may shrink to 410");
        assertThat(exempt("file-lines | B.java | 420 | a table of names"))
                .extracting(Finding::rule)
                .contains("exemption");
    }

    @Test
    void an_exemption_without_a_reason_is_refused() {
        assertThatThrownBy(() -> Exemptions.parse("file-lines | A.java | 410 |"))
                .hasMessageContaining("reason");
    }

    private static List<Finding> exempt(String line, Finding... findings) {
        return Exemptions.parse("# comment\n\n" + line).apply(List.of(findings));
    }

    private static Stream<String> rules(String path, String text) {
        return check(Source.of(path, text)).stream().map(Finding::rule);
    }

    /// All rules but the card's, which would answer for each of these small sources.
    private static List<Finding> check(Source source) {
        return TidyTest.RULES.stream()
                .filter(rule -> !(rule instanceof CardRule))
                .flatMap(rule -> rule.check(List.of(source)).stream())
                .toList();
    }
}
