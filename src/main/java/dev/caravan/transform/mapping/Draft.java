package dev.caravan.transform.mapping;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

import dev.caravan.model.Kind;
import dev.caravan.model.Problem;

/** A template that somebody thinks of, compiled, and in no file yet. */
public final class Draft {

    private final Side side;
    private final Kind kind;
    private final Template template;

    private Draft(Side side, Kind kind, Template template) {
        this.side = side;
        this.kind = kind;
        this.template = template;
    }

    /**
     * @param routes the folder whose files it imports and whose tables its functions read
     * @param connector kind of the source, or of the sink
     * @throws Problem CRV-502 to CRV-504 when it does not compile
     */
    public static Draft of(
            Path routes,
            Side side,
            String connector,
            Kind kind,
            String text,
            Collection<? extends MappingFunctions> contributed) {
        var name = side.file(connector, kind);
        return new Draft(
                side,
                kind,
                Template.compile(name, text, routes.resolve(name), Mappings.functions(routes, contributed)));
    }

    /** The same mappings with this one in the place of its file. */
    public Mappings in(Mappings mappings) {
        return mappings.with(side, kind, template);
    }

    public List<Examples.Misfit> misfits(Examples examples) {
        return examples.misfits(template);
    }

    /** @throws Problem see {@link Examples#renewed} */
    public byte[] renewed(Examples examples) {
        return examples.renewed(template);
    }
}
