package dev.caravan.console.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.console.History;
import dev.caravan.console.Language;
import dev.caravan.console.access.Roles;
import dev.caravan.migration.Settings;
import dev.caravan.migration.letters.LetterWords;
import dev.caravan.migration.letters.Letters;
import dev.caravan.migration.letters.Letters.Mended;
import dev.caravan.migration.letters.Preview;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** The records in dead letters, with their text: only for readers, for a reason, and written down each time. */
@Path("/api/dead-letters")
public class RecordsResource {

    private static final String LINES = "application/x-ndjson";

    private final Letters letters;
    private final Preview preview;
    private final LetterLines lines;
    private final History history;
    private final Language language;
    private final Settings settings;

    public RecordsResource(
            Letters letters,
            Preview preview,
            ObjectMapper json,
            History history,
            Language language,
            Settings settings) {
        this.settings = settings;
        this.letters = letters;
        this.preview = preview;
        this.lines = new LetterLines(json);
        this.history = history;
        this.language = language;
    }

    /** @param changed how many letters were mended. @param refused what is wrong with the other lines */
    public record Uploaded(int changed, List<Told> refused) {}

    /** Why somebody looks at text; in the body, because addresses are kept by browsers and proxies. */
    public record Reason(String reason) {}

    /** The bytes that a replay sends: as edited, else as read. */
    @POST
    @Path("/{id}/record")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed(Roles.READER)
    public byte[] record(@PathParam("id") long id, Reason why) {
        var reason = Given.reason(Given.body(why).reason());
        var letter = letters.show(id);
        history.note("read", id + ": " + reason);
        return letter.current();
    }

    /** Mends a letter: a JSON object in the source's shape. The next replay sends it. */
    @PUT
    @Path("/{id}/record")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed({Roles.OPERATOR})
    public Response edit(@PathParam("id") long id, byte[] mended) {
        history.doing("edit", Long.toString(id), () -> letters.edit(id, mended));
        return Response.noContent().build();
    }

    /** @param record that somebody thinks of saving; null for the one a replay would send */
    public record Attempt(String reason, String record) {}

    /** What would become of the record now, down the whole road up to the sink. Nothing of it is kept. */
    @POST
    @Path("/{id}/try")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.READER)
    public Preview.Tried attempt(@PathParam("id") long id, Attempt given) {
        var attempt = Given.body(given);
        history.note("try", id + ": " + Given.reason(attempt.reason()));
        return attempt.record() == null
                ? preview.of(id)
                : preview.of(id, attempt.record().getBytes(StandardCharsets.UTF_8));
    }

    /** Which letters, as in the list of them, and why somebody wants their text. */
    public record Download(
            String cause,
            String subject,
            String stage,
            String kind,
            String state,
            String conversation,
            String from,
            String to,
            String reason) {
        LetterWords words() {
            return new LetterWords(cause, subject, stage, kind, state, conversation, from, to);
        }
    }

    /** All letters of the filter as JSON lines, for repair outside: each with number, hash and record. */
    @POST
    @Path("/lines/download")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(LINES)
    @RolesAllowed(Roles.READER)
    public Response download(Download given) {
        var wanted = Given.body(given);
        var reason = Given.reason(wanted.reason());
        var filter = wanted.words().filter(settings.timeZone());
        history.note("download", reason);
        StreamingOutput all = out -> letters.each(filter, letter -> lines.write(letter, out));
        return Response.ok(all)
                .header("Content-Disposition", "attachment; filename=\"dead-letters.jsonl\"")
                .build();
    }

    /** Takes lines of a download back. Lines whose record is as it was change nothing. */
    @POST
    @Path("/lines")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    public Uploaded upload(InputStream body) throws IOException {
        history.note("upload", "");
        try (var text = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            var done = letters.edit(text.lines()
                    .filter(line -> !line.isBlank())
                    .<Supplier<Mended>>map(line -> () -> lines.read(line))
                    .iterator());
            var words = language.words();
            return new Uploaded(
                    done.changed(),
                    done.refused().stream()
                            .map(problem -> Told.of(problem, words))
                            .toList());
        }
    }
}
