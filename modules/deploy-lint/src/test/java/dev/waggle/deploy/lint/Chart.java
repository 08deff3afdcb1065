package dev.waggle.deploy.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Helm chart, read by Helm itself.
record Chart(Path folder) {
    /// The oldest that the chart says it is for is 1.28.
    private static final String KUBERNETES = "1.31.0";

    /// As an operator would: `helm template bees … --namespace hive`.
    ///
    /// @param values a file of values; null: the defaults
    /// @param set more values, by their paths
    /// @throws IllegalStateException with Helm's own words when it refuses
    String render(@Nullable Path values, Map<String, Object> set) {
        TemplateCommand command = new Helm(folder)
                .template()
                .withName("bees")
                .withNamespace("hive")
                .withKubeVersion(KUBERNETES);
        if (values != null) {
            command.withValuesFile(values);
        }
        set.forEach(command::set);
        return command.call();
    }

    List<JsonNode> manifests(@Nullable Path values, Map<String, Object> set) {
        return Yaml.documents("helm/" + folder.getFileName(), render(values, set));
    }

    List<Breach> lint() {
        LintResult result = new Helm(folder).lint().strict().call();
        return result.isFailed()
                ? result.getMessages().stream()
                        .map(said -> new Breach("helm/" + folder.getFileName(), said))
                        .toList()
                : List.of();
    }
}
