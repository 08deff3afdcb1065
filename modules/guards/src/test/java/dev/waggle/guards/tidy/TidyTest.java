package dev.waggle.guards.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.guards.Exemptions;
import dev.waggle.guards.Finding;
import dev.waggle.guards.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The sources against the rules of the house. What we live with stands in `modules/guards/exemptions.txt`.
class TidyTest {
    static final List<Rule> RULES = List.of(new SizeRules(), new NameRules(), new CardRule(), new PatternRules());

    @Test
    void the_sources_are_tidy() {
        Tree tree = Tree.current();
        List<Source> sources =
                tree.javaFiles().stream().map(file -> Source.of(tree, file)).toList();
        assertThat(sources).as("the tree").hasSizeGreaterThan(20);
        List<Finding> found = new ArrayList<>();
        RULES.forEach(rule -> found.addAll(rule.check(sources)));
        found.addAll(new DeadKeyRule(sources).check(configurations(tree)));
        String exemptions = Tree.read(tree.root().resolve("modules/guards/exemptions.txt"));
        assertThat(Exemptions.parse(exemptions).ofSources().apply(found)).isEmpty();
    }

    private static Map<String, String> configurations(Tree tree) {
        return tree.files(name -> name.endsWith(".conf")).stream().collect(Collectors.toMap(tree::name, Tree::read));
    }
}
