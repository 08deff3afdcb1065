package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.address.AccountId;
import dev.waggle.platform.account.ObservedState;
import dev.waggle.platform.account.PairingView;
import dev.waggle.platform.admin.form.EventForm;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.admin.http.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// docs/openapi.json is the contract: it and the route table say the same.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private final JsonNode document = Documented.document();
    private List<Route> routes = List.of();

    @BeforeAll
    void read(@TempDir Path data) throws Exception {
        try (Desk desk = new Desk(data, AdminSettings.of("127.0.0.1", 0, Desk.KEY))) {
            routes = desk.server.routes();
        }
    }

    private JsonNode operation(Route route) {
        return document.path("paths").path(route.template()).path(route.method().toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void every_route_is_documented_and_every_documented_route_is_there() {
        Set<String> documented = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(entry -> METHODS.contains(entry.getKey()))
                        .forEach(entry -> documented.add(entry.getKey() + " " + path.getKey())));
        Set<String> there = new TreeSet<>();
        routes.forEach(route -> there.add(route.method().toLowerCase(java.util.Locale.ROOT) + " " + route.template()));
        assertThat(documented).isEqualTo(there);
    }

    @Test
    void parameters_forms_and_keys_are_those_of_the_route() {
        for (Route route : routes) {
            String name = route.method() + " " + route.template();
            JsonNode operation = operation(route);
            assertThat(parameters(operation, "query")).as(name).isEqualTo(new TreeSet<>(route.query()));
            assertThat(operation.has("security")).as(name).isEqualTo(route.open());
            Set<String> forms = new TreeSet<>();
            operation.path("responses").properties().stream()
                    .filter(response -> response.getKey().startsWith("2"))
                    .forEach(response ->
                            response.getValue().path("content").fieldNames().forEachRemaining(forms::add));
            if (!operation.path("responses").has("204")) {
                assertThat(forms).as(name).isEqualTo(new TreeSet<>(route.forms()));
            }
            assertThat(operation.at("/responses/default/$ref").asText())
                    .as(name)
                    .endsWith("/Problem");
        }
    }

    private static Set<String> parameters(JsonNode operation, String in) {
        Set<String> names = new TreeSet<>();
        operation.path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals(in)) {
                names.add(parameter.path("name").asText());
            }
        });
        return names;
    }

    @Test
    void every_name_in_a_path_is_a_documented_parameter() {
        document.path("paths").properties().forEach(path -> {
            List<String> names = new ArrayList<>();
            Pattern.compile("\\{(\\w+)}")
                    .matcher(path.getKey())
                    .results()
                    .forEach(found -> names.add("#/components/parameters/" + found.group(1)));
            List<String> documented = new ArrayList<>();
            path.getValue()
                    .path("parameters")
                    .forEach(entry -> documented.add(entry.path("$ref").asText()));
            assertThat(documented).as(path.getKey()).isEqualTo(names);
        });
    }

    @Test
    void every_reference_leads_somewhere() {
        for (JsonNode reference : document.findValues("$ref")) {
            assertThat(document.at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
    }

    @Test
    void words_are_those_of_the_code() {
        assertThat(Documented.words("Problem", "code"))
                .isEqualTo(
                        words(Arrays.stream(Problem.values()).map(Problem::code).toList()));
        assertThat(Documented.words("Account", "observedState"))
                .isEqualTo(words(
                        Arrays.stream(ObservedState.values()).map(Enum::name).toList()));
        assertThat(Documented.words("Pairing", "state"))
                .isEqualTo(words(Arrays.stream(PairingView.State.values())
                        .map(Enum::name)
                        .toList()));
        assertThat(Documented.words("Event", "type")).isEqualTo(words(List.copyOf(EventForm.TYPES)));
        assertThat(new AccountId("a.b-c_1").value())
                .matches(document.at("/components/schemas/Account/properties/id/pattern")
                        .asText());
    }

    private static Set<String> words(List<String> words) {
        return new TreeSet<>(words);
    }

    /// A code that means two things in two places is two codes.
    @Test
    void codes_and_titles_are_unique() {
        TreeMap<String, Problem> titles = new TreeMap<>();
        for (Problem problem : Problem.values()) {
            assertThat(titles.put(problem.title(), problem)).as(problem.title()).isNull();
            assertThat(Problem.ofCode(problem.code())).contains(problem);
            assertThat(problem.status()).isBetween(400, 599);
        }
    }
}
