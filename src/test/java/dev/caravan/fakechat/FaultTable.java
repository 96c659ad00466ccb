package dev.caravan.fakechat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.caravan.command.InterruptionIT;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests of faults around a live target large, and prints a row for each: how often its fault fired, how many
 * messages had passed before, whether all held. {@code FaultTable <messages in each of three rooms> <time down, PT5M> <words
 * of the faults' names, empty for all>}; ends with 1 when anything did not hold, or a fault did not fire after a thousand
 * messages.
 */
public final class FaultTable implements TestExecutionListener {

    static final String FIRED = "fired";
    static final String PASSED = "passed";

    private final Map<TestIdentifier, Long> began = new ConcurrentHashMap<>();
    private final Map<TestIdentifier, Map<String, String>> told = new ConcurrentHashMap<>();
    private int held;
    private int failed;
    private int notRun;

    public static void main(String... arguments) {
        System.setProperty(LiveFaults.MESSAGES, arguments[0]);
        System.setProperty(LiveFaults.DOWN, Duration.parse(arguments[1]).toString());
        var tests = LauncherDiscoveryRequestBuilder.request()
                .selectors(
                        DiscoverySelectors.selectClass(TargetFaultsIT.class),
                        DiscoverySelectors.selectClass(InterruptionIT.class),
                        DiscoverySelectors.selectClass(LedgerFaultsIT.class))
                .filters((PostDiscoveryFilter) test -> FilterResult.includedIf(
                        name(test.getUniqueId().toString()).contains(arguments[2])))
                // Their limits are those of the small ones; each wait has its own.
                .configurationParameter("junit.jupiter.execution.timeout.mode", "disabled")
                .build();
        var table = new FaultTable();
        System.out.printf("%7s %8s %7s  %-10s %s%n", FIRED, PASSED, "seconds", "result", "fault");
        LauncherFactory.create().execute(tests, table);
        System.out.printf("%d held, %d failed, %d could not be run here%n", table.held, table.failed, table.notRun);
        System.exit(table.failed == 0 && table.held > 0 ? 0 : 1);
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        began.put(test, System.nanoTime());
    }

    /** The first thing a test tells is how it stood when its fault began. */
    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        told.computeIfAbsent(test, t -> new HashMap<>(entry.getKeyValuePairs()))
                .put(FIRED, entry.getKeyValuePairs().get(FIRED));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean went = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        if (!test.isTest() && went) {
            return;
        }
        var facts = told.getOrDefault(test, Map.of());
        var word =
                switch (result.getStatus()) {
                    case SUCCESSFUL -> "held";
                    case FAILED -> "FAILED";
                    case ABORTED -> "not run";
                };
        held += went ? 1 : 0;
        failed += result.getStatus() == TestExecutionResult.Status.FAILED ? 1 : 0;
        notRun += result.getStatus() == TestExecutionResult.Status.ABORTED ? 1 : 0;
        System.out.printf(
                "%7s %8s %7.0f  %-10s %s%n",
                facts.getOrDefault(FIRED, "-"),
                facts.getOrDefault(PASSED, "-"),
                (System.nanoTime() - began.get(test)) / 1e9,
                word,
                name(test));
        result.getThrowable().ifPresent(why -> System.out.println("        " + why));
    }

    /** The method's name in words. */
    private static String name(String uniqueId) {
        var method = uniqueId.replaceFirst(".*\\[(?:method|test-template):(\\w+).*", "$1");
        return method.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    private static String name(TestIdentifier test) {
        return name(test.getUniqueId())
                + (test.getLegacyReportingName().contains("[") ? ": " + test.getDisplayName() : "");
    }
}
