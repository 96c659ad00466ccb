package dev.caravan.transform.mapping;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Function;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;

/**
 * The templates of one source and one sink as they were when they were loaded: {@code
 * mappings/<source>/from/<record>.jslt} and {@code mappings/<sink>/to/<record>.jslt}. Files edited later do not change it
 * (invariant 9). Thread-safe.
 */
public final class Mappings {

    private final Map<Kind, Template> from;
    private final Map<Kind, Template> to;

    private Mappings(Map<Kind, Template> from, Map<Kind, Template> to) {
        this.from = from;
        this.to = to;
    }

    /**
     * @param routes the folder that holds {@code mappings/}
     * @throws Problem CRV-501 no template at all in a folder, CRV-502 to CRV-505 a template that does not compile
     */
    public static Mappings load(
            Path routes, String sourceKind, String sinkKind, Collection<? extends MappingFunctions> contributed) {
        var functions = functions(routes, contributed);
        return new Mappings(
                compile(routes, "mappings/" + sourceKind + "/from", functions),
                compile(routes, "mappings/" + sinkKind + "/to", functions));
    }

    /**
     * Compiles the templates of every connector there is, and answers what is wrong with each that does not compile.
     *
     * @param routes the folder that holds {@code mappings/}
     */
    public static List<Problem> check(Path routes, Collection<? extends MappingFunctions> contributed)
            throws IOException {
        var functions = functions(routes, contributed);
        var problems = new ArrayList<Problem>();
        try (var files = Files.walk(routes.resolve("mappings"), FileVisitOption.FOLLOW_LINKS)) {
            for (var file : files.filter(Mappings::isTemplate).sorted().toList()) {
                try {
                    Template.compile(routes.relativize(file).toString().replace('\\', '/'), file, functions);
                } catch (Problem problem) {
                    problems.add(problem);
                }
            }
        }
        return problems;
    }

    /** Other files are imported by templates, and compiled with them. */
    private static boolean isTemplate(Path file) {
        var name = file.getFileName().toString();
        return Arrays.stream(Kind.values()).anyMatch(kind -> name.equals(kind.word() + ".jslt"));
    }

    static List<Function> functions(Path routes, Collection<? extends MappingFunctions> contributed) {
        var functions = new ArrayList<Function>(new GeneralFunctions().functions(routes));
        contributed.forEach(c -> functions.addAll(c.functions(routes)));
        return functions;
    }

    private static Map<Kind, Template> compile(Path routes, String folder, Collection<Function> functions) {
        var templates = new EnumMap<Kind, Template>(Kind.class);
        for (var kind : Kind.values()) {
            var name = folder + "/" + kind.word() + ".jslt";
            var file = routes.resolve(name);
            if (Files.exists(file)) {
                templates.put(kind, Template.compile(name, file, functions));
            }
        }
        if (templates.isEmpty()) {
            throw new Problem("CRV-501", routes.resolve(folder));
        }
        return templates;
    }

    /**
     * The record in the canonical form; empty when the template selects nothing of it.
     *
     * @throws MappingFailed when the template breaks on this record
     * @throws Problem CRV-506 when the source has no template for this kind
     */
    public Optional<JsonNode> from(Kind kind, JsonNode source, Map<String, JsonNode> variables) {
        return template(from, kind).apply(variables, source);
    }

    /** The canonical record in the target's shape; answers and errors as of {@link #from}. */
    public Optional<JsonNode> to(Kind kind, JsonNode canonical, Map<String, JsonNode> variables) {
        return template(to, kind).apply(variables, canonical);
    }

    private static Template template(Map<Kind, Template> templates, Kind kind) {
        var template = templates.get(kind);
        if (template == null) {
            throw new Problem("CRV-506", kind.word());
        }
        return template;
    }

    Mappings with(Side side, Kind kind, Template template) {
        var changed = new EnumMap<>(side == Side.FROM ? from : to);
        changed.put(kind, template);
        return side == Side.FROM ? new Mappings(changed, to) : new Mappings(from, changed);
    }

    public boolean hasFrom(Kind kind) {
        return from.containsKey(kind);
    }

    public boolean hasTo(Kind kind) {
        return to.containsKey(kind);
    }

    /** Counts per template file since it was loaded. */
    public Map<String, Selection> selections() {
        var selections = new TreeMap<String, Selection>();
        from.values().forEach(t -> selections.put(t.name(), t.selection()));
        to.values().forEach(t -> selections.put(t.name(), t.selection()));
        return selections;
    }

    /**
     * For the end of a phase: each record alone may be refused, but a template that selected none of many is an error.
     *
     * @throws Problem CRV-507
     */
    public void requireSelected() {
        selections().forEach((file, selection) -> {
            if (selection.selectedNothingAtAll()) {
                throw new Problem("CRV-507", file, selection.applied());
            }
        });
    }
}
