package dev.caravan.command;

import dev.caravan.model.Problem;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.QuarkusApplication;
import org.jboss.logging.Logger;
import picocli.CommandLine;

/** Runs the command, its beans injected, once Quarkus is up. */
public class CaravanApplication implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(CaravanApplication.class);

    @Override
    public int run(String... args) {
        var parser = CaravanCommand.parser(new BeanFactory(), args);
        parser.setExecutionExceptionHandler((failed, command, parsed) -> report(failed));
        parser.setExecutionStrategy(CaravanApplication::noteAndExecute);
        return parser.execute(args);
    }

    private static int noteAndExecute(CommandLine.ParseResult given) {
        try {
            Arc.container().instance(Noting.class).get().note(given);
        } catch (Problem problem) {
            return report(problem);
        }
        return new CommandLine.RunLast().execute(given);
    }

    private static int report(Exception failed) {
        if (failed instanceof Problem problem) {
            StandardError.problem(problem.inWords(CaravanCommand.words()));
            SettingsCheck.origin(problem.subject())
                    .map(place -> CaravanCommand.words().say("set-in", problem.subject(), place))
                    .ifPresent(StandardError::problem);
            return ExitStatus.of(problem);
        }
        LOG.error(CaravanCommand.words().say("CRV-900"), failed);
        return ExitStatus.ENVIRONMENT;
    }

    /** Commands are beans; what is none (a version provider, a mixin) picocli makes itself. */
    private static final class BeanFactory implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            var bean = Arc.container().instance(type);
            return bean.isAvailable()
                    ? bean.get()
                    : CommandLine.defaultFactory().create(type);
        }
    }
}
