package dev.waggle.deploy.lint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Each manifest against the schema of its kind: a field that is not known, a required one that is missing and a
/// value of another type are refused. A kind that has no line here is refused as well.
final class Manifests {
    private interface Parser {
        Object parse(String json) throws IOException;
    }

    /// Fields that the generated model would keep without knowing them.
    private static final ObjectMapper STRICT = new ObjectMapper().setAnnotationIntrospector(new Known());

    private static final Map<String, Parser> KINDS = Map.of(
            "apps/v1 StatefulSet", V1StatefulSet::fromJson,
            "v1 Service", V1Service::fromJson,
            "v1 ConfigMap", V1ConfigMap::fromJson,
            "v1 ServiceAccount", V1ServiceAccount::fromJson,
            "rbac.authorization.k8s.io/v1 Role", V1Role::fromJson,
            "rbac.authorization.k8s.io/v1 RoleBinding", V1RoleBinding::fromJson,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::fromJson,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::fromJson,
            "monitoring.coreos.com/v1 ServiceMonitor", json -> STRICT.readValue(json, ServiceMonitor.class),
            "monitoring.coreos.com/v1 PrometheusRule", json -> STRICT.readValue(json, PrometheusRule.class));

    private Manifests() {}

    static List<Breach> check(List<JsonNode> manifests) {
        List<Breach> found = new ArrayList<>();
        for (JsonNode manifest : manifests) {
            String kind = manifest.path("apiVersion").asText() + " "
                    + manifest.path("kind").asText();
            Parser parser = KINDS.get(kind);
            if (parser == null) {
                found.add(new Breach(name(manifest), kind + " is no kind that is known here"));
                continue;
            }
            try {
                parser.parse(manifest.toString());
            } catch (JsonProcessingException e) {
                found.add(new Breach(name(manifest), e.getOriginalMessage()));
            } catch (IOException | RuntimeException e) {
                found.add(new Breach(name(manifest), String.valueOf(e.getMessage())));
            }
        }
        return found;
    }

    static String name(JsonNode manifest) {
        return manifest.path("kind").asText() + "/"
                + manifest.at("/metadata/name").asText();
    }

    private static final class Known extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
