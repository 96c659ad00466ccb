package dev.caravan.command;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.core.CamelRuntime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Dependent
@Command(name = "run")
class RunCommand extends Verb {

    @Option(names = "--accept-changes", descriptionKey = "option.accept-changes")
    private boolean acceptChanges;

    @Inject
    CamelRuntime camel;

    @Inject
    CamelContext context;

    @Override
    public Integer call() {
        camel.start(new String[0]);
        var r = context.createProducerTemplate().requestBody("direct:migration", "x");
        System.err.println("got " + r);
        return ExitStatus.CLEAN;
    }
}
