package dev.caravan.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caravan.migration.Migration;
import dev.caravan.migration.report.Reports;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;

@Dependent
@Command(name = "report")
class ReportCommand extends Verb {

    @Inject
    Reports reports;

    @Inject
    Output output;

    @Override
    public Integer call() throws JsonProcessingException {
        var page = reports.write(Migration.COMMAND, words());
        if (options().json()) {
            output.json(java.util.Map.of("report", page.toString()));
        } else {
            output.line(words().say("report.written", page));
        }
        return ExitStatus.CLEAN;
    }
}
