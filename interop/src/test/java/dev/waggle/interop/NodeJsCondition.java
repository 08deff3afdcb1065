package dev.waggle.interop;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips, with the reason, what cannot be tried without Node.js.
final class NodeJsCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String missing = NodeJs.missing();
        return missing.isEmpty()
                ? ConditionEvaluationResult.enabled("Node.js is there")
                : ConditionEvaluationResult.disabled("not tried: " + missing);
    }
}
