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
import dev.caravan.migration.letters.Letters;
import dev.caravan.migration.letters.Letters.Mended;
import dev.caravan.migration.letters.Preview;
import dev.caravan.model.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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

    public RecordsResource(Letters letters, Preview preview, ObjectMapper json, History history, Language language) {
        this.letters = letters;
        this.preview = preview;
        this.lines = new LetterLines(json);
        this.history = history;
        this.language = language;
    }

    /** @param changed how many letters were mended. @param refused what is wrong with the other lines */
    public record Uploaded(int changed, List<Told> refused) {}

    /** The bytes that a replay sends: as edited, else as read. */
    @GET
    @Path("/{id}/record")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed(Roles.READER)
    public byte[] record(@PathParam("id") long id, @QueryParam("reason") String reason) {
        requireReason(reason);
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

    /** The record as far as the road would bring it now, without linking it. */
    @GET
    @Path("/{id}/canonical")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.READER)
    public Preview.Canonical canonical(@PathParam("id") long id, @QueryParam("reason") String reason) {
        requireReason(reason);
        history.note("read", id + ": " + reason);
        return preview.of(id);
    }

    /** As {@link #canonical}, of a record that somebody thinks of saving. Nothing of it is kept. */
    @POST
    @Path("/{id}/canonical")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.READER)
    public Preview.Canonical attempt(@PathParam("id") long id, byte[] tried) {
        history.note("try", Long.toString(id));
        return preview.of(id, tried);
    }

    /** All letters of the filter as JSON lines, for repair outside: each with number, hash and record. */
    @GET
    @Path("/lines")
    @Produces(LINES)
    @RolesAllowed(Roles.READER)
    public Response download(@BeanParam LetterQuery query, @QueryParam("reason") String reason) {
        requireReason(reason);
        var filter = query.filter();
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

    private static void requireReason(String reason) {
        if (reason == null || reason.isBlank()) {
            throw new Problem("CRV-588");
        }
    }
}
