package dev.caravan.command;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.QuarkusApplication;
import picocli.CommandLine;

/** Runs the command, its beans injected, once Quarkus is up. */
public class CaravanApplication implements QuarkusApplication {

    @Override
    public int run(String... args) {
        return CaravanCommand.parser(new BeanFactory(), args).execute(args);
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
