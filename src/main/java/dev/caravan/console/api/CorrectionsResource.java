package dev.caravan.console.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.caravan.console.History;
import dev.caravan.console.Language;
import dev.caravan.console.access.Caller;
import dev.caravan.console.access.Roles;
import dev.caravan.migration.letters.CorrectionLines;
import dev.caravan.migration.letters.Corrections;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** Edits and waivers, for another migration of the same source. They hold text of records: only for readers, for a reason. */
@Path("/api/corrections")
public class CorrectionsResource {

    private final Corrections corrections;
    private final History history;
    private final Caller caller;
    private final Language language;

    public CorrectionsResource(Corrections corrections, History history, Caller caller, Language language) {
        this.corrections = corrections;
        this.history = history;
        this.caller = caller;
        this.language = language;
    }

    /** See {@link Corrections.Applied}. */
    public record Applied(int mended, int waived, int same, int settled, int missing, List<Told> refused) {}

    /** All of them as JSON lines, each with the identity and hash of its record. */
    @POST
    @Path("/export")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces("application/x-ndjson")
    @RolesAllowed(Roles.READER)
    public Response export(RecordsResource.Reason why) {
        history.note("corrections-export", Given.reason(Given.body(why).reason()));
        StreamingOutput all = out -> corrections.export(one -> CorrectionLines.write(one, out));
        return Response.ok(all)
                .header("Content-Disposition", "attachment; filename=\"corrections.jsonl\"")
                .build();
    }

    /** Mends and waives, by the lines of an export, the letters whose record is the same here. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    public Applied apply(InputStream body) throws IOException {
        history.note("corrections-apply", "");
        try (var text = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            var done = corrections.apply(CorrectionLines.read(text), caller.name());
            var words = language.words();
            return new Applied(
                    done.mended(),
                    done.waived(),
                    done.same(),
                    done.settled(),
                    done.missing(),
                    done.refused().stream()
                            .map(problem -> Told.of(problem, words))
                            .toList());
        }
    }
}
