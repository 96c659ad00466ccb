package dev.caravan.command;

import java.util.TreeMap;

import dev.caravan.migration.Migration;
import dev.caravan.migration.report.Reports;
import dev.caravan.migration.sample.Samples;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Dependent
@Command(name = "report")
class ReportCommand extends Verb {

    @Option(names = "--sample", paramLabel = "N", descriptionKey = "option.sample")
    private Integer sample;

    @Option(names = "--seed", paramLabel = "N", descriptionKey = "option.seed", defaultValue = "1")
    private long seed;

    @Inject
    Reports reports;

    @Inject
    Samples samples;

    @Inject
    Output output;

    @Override
    public Integer call() {
        var written = new TreeMap<String, String>();
        written.put("report", reports.write(Migration.COMMAND, words()).toString());
        if (sample != null) {
            written.put("sample", samples.write(sample, seed, words()).toString());
        }
        if (options().json()) {
            output.json(written);
        } else {
            written.forEach((what, page) -> output.line(words().say(what + ".written", page)));
        }
        return ExitStatus.CLEAN;
    }
}
