package dev.waggle.deploy.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What people look at when something is wrong: alerts, their pages, the dashboard.
class WatchTest {
    private static final String ALERTS = Deploy.text("alerts/waggle.yaml");
    private static final String BOARD = Deploy.text("grafana/waggle.json");
    private static final Map<String, String> PAGES = Runbooks.pages();

    private static List<Breach> alerts(String text) {
        List<Breach> found = new ArrayList<>(Alerts.check(text, PAGES));
        if (Foreign.missing().isEmpty()) {
            found.addAll(new Metrics(Deploy.text("metrics.txt")).check(Alerts.queries(text)));
        }
        return found;
    }

    private static List<Breach> board(String text) {
        List<Breach> found = new ArrayList<>(Dashboard.check(text));
        if (Foreign.missing().isEmpty()) {
            found.addAll(new Metrics(Deploy.text("metrics.txt")).check(Dashboard.queries(text)));
        }
        return found;
    }

    private static String spoilt(String text, String from, String to) {
        assertThat(text).contains(from);
        return text.replaceFirst(java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to));
    }

    @Test
    void every_alert_asks_for_what_nodes_tell_and_has_its_page() {
        assertThat(Alerts.queries(ALERTS)).hasSizeGreaterThan(20);
        assertThat(alerts(ALERTS)).isEmpty();
    }

    @Test
    void the_dashboard_asks_for_what_nodes_tell() {
        assertThat(board(BOARD)).isEmpty();
    }

    @Test
    void what_a_page_tells_people_to_type_is_there() {
        assertThat(new Runbooks().check(PAGES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "waggle_store_silence_seconds > 15 | waggle_store_silense_seconds > 15 | no node tells waggle_store_silense_seconds",
                "observed=\"ONLINE\"         | obsrved=\"ONLINE\"    | has no label obsrved",
                "sum by (job, instance) (rate | sum by (job, node) (rate | not there: node",
                "histogram_quantile(0.99, sum | histogram_quantile(0.99 sum | not PromQL",
                "rate(waggle_webhook         | rate(waggle_webhok    | no node tells",
                "changes(process_start_time_seconds{job=~\".*waggle.*\"}[30m]) | changes(process_start_time_seconds) | takes a range",
            })
    void an_expression_that_is_spoilt_is_found_out(String from, String to, String says) {
        assumeThat(Foreign.missing()).isEmpty();
        String text = from.startsWith("rate(waggle_webhook") ? BOARD : ALERTS;
        List<Breach> found = text.equals(BOARD) ? board(spoilt(text, from, to)) : alerts(spoilt(text, from, to));
        assertThat(found).extracting(Breach::toString).anyMatch(breach -> breach.contains(says));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alert: WaggleNodeDown       | alert: WaggleNodeGone | has no page",
                "alert: WaggleNodeDown       | alert: WaggleNodeNotReady | stands there twice",
                "alert: WaggleNodeDown       | alert: NodeDown       | no name of an alert",
                "severity: critical          | severity: urgent      | severity: urgent",
                "for: 2m                     | for: ever             | has no 'for'",
                "summary:                    | sumary:               | has no summary",
                "runbooks/WaggleNodeDown.md  | runbooks/Down.md      | runbook_url does not name",
                "== 0                        | == 1                  | shows another expression",
                "A Waggle node does not reach another | {{ $labels.instance }} | grouped away",
            })
    void an_alert_that_is_spoilt_is_found_out(String from, String to, String says) {
        assertThat(Alerts.check(spoilt(ALERTS, from, to), PAGES))
                .extracting(Breach::toString)
                .anyMatch(breach -> breach.contains(says));
    }

    @Test
    void a_key_that_stands_twice_is_found_out() {
        assertThatThrownBy(() -> alerts(spoilt(ALERTS, "for: 2m", "for: 2m\n        for: 3m")))
                .hasMessageContaining("Duplicate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bin/waggle cluster members | bin/waggle cluster nodes  | no such command",
                "bin/waggle cluster members | bin/waggle clusters list  | no such command",
                "HOST:8470/metrics          | HOST:8470/metric          | no such route",
                "WaggleCertificateEnds      | WaggleCertificateGone     | no such page",
            })
    void a_page_that_is_spoilt_is_found_out(String from, String to, String says) {
        Map<String, String> pages = new TreeMap<>(PAGES);
        pages.compute("WaggleNodeDown.md", (_, text) -> spoilt(String.valueOf(text), from, to));
        assertThat(new Runbooks().check(pages)).extracting(Breach::toString).anyMatch(breach -> breach.contains(says));
    }

    @Test
    void a_setting_that_is_not_there_and_a_page_that_has_no_alert_are_found_out() {
        Map<String, String> pages = new TreeMap<>(PAGES);
        pages.put("WaggleQuiet.md", "# WaggleQuiet\n\nSet `waggle.quiet.ever`.\n");
        assertThat(new Runbooks().check(pages)).singleElement().asString().contains("no such setting: waggle.quiet");
        assertThat(Alerts.check(ALERTS, pages)).singleElement().asString().contains("is the page of no alert");
        pages.compute("WaggleDiskFull.md", (_, text) -> String.valueOf(text).replace("## What helps", "## Cure"));
        assertThat(Alerts.check(ALERTS, pages))
                .extracting(Breach::toString)
                .anyMatch(one -> one.contains("What helps"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"w\": 4,     | \"w\": 40,       | is not in the grid",
                "\"y\": 1      | \"y\": 0         | lies over another",
                "\"id\": 2     | \"id\": 1        | has the id of another",
                "\"unit\":     | \"units\":       | has no unit",
                "$job          | $jop             | no variable is called jop",
                "\"uid\": \"${datasource}\" | \"uid\": \"mine\" | is bound to one data source",
                "\"type\": \"timeseries\" | \"type\": \"graph\" | is of an unusual type",
                "\"description\": | \"descr\":    | has no description",
            })
    void a_dashboard_that_is_spoilt_is_found_out(String from, String to, String says) {
        String spoilt = BOARD.replace(from, to);
        assertThat(spoilt).isNotEqualTo(BOARD);
        assertThat(Dashboard.check(spoilt)).extracting(Breach::toString).anyMatch(breach -> breach.contains(says));
    }
}
