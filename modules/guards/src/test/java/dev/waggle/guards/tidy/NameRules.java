package dev.waggle.guards.tidy;

import dev.waggle.guards.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Types do not end in words that say nothing; tests are sentences in snake_case.
final class NameRules implements Rule {
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|enum|record)\\s+(\\w+)");
    private static final Pattern EMPTY_WORD = Pattern.compile("\\w*(Manager|Helper|Util|Utils|Impl)");
    private static final Pattern TEST = Pattern.compile(
            "@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|FuzzTest)\\b[^;{}]*?\\s(\\w+)\\s*\\([^;{}()]*(?:\\([^()]*\\)[^;{}()]*)*\\)\\s*(?:throws[^{;]*)?\\{");
    private static final Pattern SENTENCE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)+");

    @Override
    public List<Finding> check(List<Source> sources) {
        List<Finding> found = new ArrayList<>();
        for (Source source : sources) {
            Matcher type = TYPE.matcher(source.code());
            while (type.find()) {
                if (EMPTY_WORD.matcher(type.group(1)).matches()) {
                    found.add(at(source, "empty-name", type, "say what " + type.group(1) + " is or does"));
                }
            }
            Matcher test = TEST.matcher(source.code());
            while (test.find()) {
                if (!SENTENCE.matcher(test.group(1)).matches()) {
                    found.add(at(source, "test-name", test, test.group(1) + " is not a_sentence_like_this"));
                }
            }
        }
        return found;
    }

    private static Finding at(Source source, String rule, Matcher matcher, String says) {
        return new Finding(rule, source.path(), 1, says + ", line " + source.lineAt(matcher.start(1)));
    }
}
