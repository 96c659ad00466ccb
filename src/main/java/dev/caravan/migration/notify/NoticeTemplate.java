package dev.caravan.migration.notify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

import dev.caravan.model.Problem;
import io.quarkus.qute.Engine;
import io.quarkus.qute.Expression;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateNode.Origin;

/** A template in {@code routes/notices}, read each time it serves: operators edit it while a run goes on. */
public final class NoticeTemplate {

    private final Path file;
    private final UnaryOperator<String> escape;

    /** @param escape every value that the template puts in */
    public NoticeTemplate(Path file, UnaryOperator<String> escape) {
        this.file = file;
        this.escape = escape;
    }

    /** @throws Problem CRV-685 when the file cannot be read, or is no template for this */
    public String fill(String name, Object data) {
        try {
            return Engine.builder()
                    .addDefaults()
                    .addValueResolver(new ReflectionValueResolver())
                    .addResultMapper(new Escaped(escape))
                    .removeStandaloneLines(true)
                    .build()
                    .parse(Files.readString(file))
                    .data(name, data)
                    .render();
        } catch (IOException unreadable) {
            throw new Problem(unreadable, "CRV-685", file, unreadable.getMessage());
        } catch (TemplateException wrong) {
            throw new Problem(wrong, "CRV-685", file, wrong.getMessage());
        }
    }

    private record Escaped(UnaryOperator<String> escape) implements ResultMapper {

        @Override
        public boolean appliesTo(Origin origin, Object result) {
            return !(result instanceof RawString);
        }

        @Override
        public String map(Object result, Expression expression) {
            return escape.apply(result.toString());
        }
    }
}
