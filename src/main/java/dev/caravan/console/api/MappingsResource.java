package dev.caravan.console.api;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.console.History;
import dev.caravan.console.Language;
import dev.caravan.console.access.Roles;
import dev.caravan.migration.mapping.Attempt;
import dev.caravan.migration.mapping.MappingDesk;
import dev.caravan.migration.mapping.MappingFile;
import dev.caravan.migration.mapping.MappingFiles;
import dev.caravan.migration.mapping.MappingPlace;
import dev.caravan.model.Sha256;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/**
 * The templates of this migration: looked at, tried on a record of the source, changed. {@code side} is from or to, {@code
 * kind} user, channel, membership, emoji or message.
 */
@Path("/api/mappings")
@Produces(MediaType.APPLICATION_JSON)
public class MappingsResource {

    /** Digits of a hash in the history. */
    private static final int SHOWN = 12;

    private final MappingFiles files;
    private final MappingDesk desk;
    private final History history;
    private final Language language;

    public MappingsResource(MappingFiles files, MappingDesk desk, History history, Language language) {
        this.files = files;
        this.desk = desk;
        this.history = history;
        this.language = language;
    }

    /** @param waiting whether the next run is the first that it serves */
    public record Listed(String side, String kind, String name, String hash, boolean waiting) {
        static Listed of(MappingFile file) {
            return new Listed(file.sideWord(), file.kind().word(), file.name(), file.hash(), file.waiting());
        }
    }

    /** @param record in the source's shape, as JSON */
    public record Trial(String template, String record) {}

    /**
     * @param base hash of the file the change was made from
     * @param renew take what the template makes of its examples for what it is to make
     */
    public record Change(String template, String base, boolean renew) {}

    /** See {@link Attempt}. */
    public record Tried(
            JsonNode source,
            JsonNode canonical,
            JsonNode target,
            List<String> rules,
            String filtered,
            String refused,
            Told problem,
            List<Attempt.Field> fields) {}

    /** See {@link MappingFiles.Review}. */
    public record Reviewed(List<Told> problems, List<MappingFiles.Misfit> misfits, List<String> diff, String base) {}

    @GET
    @RolesAllowed(Roles.VIEWER)
    public List<Listed> all() {
        return files.all().stream().map(Listed::of).toList();
    }

    @GET
    @Path("/{side}/{kind}")
    @RolesAllowed(Roles.VIEWER)
    public MappingFile get(@PathParam("side") String side, @PathParam("kind") String kind) {
        return files.get(MappingPlace.of(side, kind));
    }

    /** A record of the source. @param number of the record in its conversation, or of its kind; from 0 */
    @GET
    @Path("/{side}/{kind}/sample")
    @RolesAllowed(Roles.READER)
    public JsonNode sample(
            @PathParam("side") String side,
            @PathParam("kind") String kind,
            @QueryParam("conversation") String conversation,
            @QueryParam("number") @DefaultValue("0") int number,
            @QueryParam("reason") String reason) {
        var place = MappingPlace.of(side, kind);
        history.note("sample-record", place.kind().word() + " " + number + ": " + Given.reason(reason));
        return desk.sample(place.kind(), conversation, number);
    }

    /** What a record becomes with a template. Nothing of it is kept. */
    @POST
    @Path("/{side}/{kind}/try")
    @RolesAllowed(Roles.READER)
    public Tried attempt(@PathParam("side") String side, @PathParam("kind") String kind, Trial trial) {
        var given = Given.body(trial);
        var attempt = desk.attempt(MappingPlace.of(side, kind), given.template(), given.record());
        return new Tried(
                attempt.source(),
                attempt.canonical(),
                attempt.target(),
                attempt.rules(),
                attempt.filtered(),
                attempt.refused(),
                attempt.problem() == null ? null : Told.of(attempt.problem(), language.words()),
                attempt.fields());
    }

    /** What a change would do: what is wrong with it, which examples it no longer fits, which lines change. */
    @POST
    @Path("/{side}/{kind}/review")
    @RolesAllowed(Roles.OPERATOR)
    public Reviewed review(@PathParam("side") String side, @PathParam("kind") String kind, Trial trial) {
        var review = files.review(MappingPlace.of(side, kind), Given.body(trial).template());
        var words = language.words();
        return new Reviewed(
                review.problems().stream()
                        .map(problem -> Told.of(problem, words))
                        .toList(),
                review.misfits(),
                review.diff(),
                review.base());
    }

    /** Writes a template into the operator's folder; it serves the next run. 409 when the file is another by now. */
    @PUT
    @Path("/{side}/{kind}")
    @RolesAllowed(Roles.OPERATOR)
    public Listed save(@PathParam("side") String side, @PathParam("kind") String kind, Change change) {
        var place = MappingPlace.of(side, kind);
        var before = files.get(place);
        Given.body(change);
        var after = change.template() == null ? "" : Sha256.hex(change.template());
        history.doing(
                "mapping",
                before.name() + " " + shortened(before.hash()) + " -> " + shortened(after),
                () -> files.save(place, change.template(), change.base(), change.renew()));
        return Listed.of(files.get(place));
    }

    private static String shortened(String hash) {
        return hash.substring(0, Math.min(SHOWN, hash.length()));
    }
}
