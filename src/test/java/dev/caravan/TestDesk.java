package dev.caravan;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.ledger.Run;
import dev.caravan.migration.Journey;
import dev.caravan.migration.Migration;
import dev.caravan.migration.find.Answer;
import dev.caravan.migration.find.Finder;
import dev.caravan.migration.find.Permalinks;
import dev.caravan.migration.mapping.MappingDesk;
import dev.caravan.migration.mapping.MappingFiles;
import dev.caravan.migration.notify.StaffNotices;
import dev.caravan.migration.people.PeopleDesk;
import dev.caravan.migration.people.UserMap;
import dev.caravan.migration.reload.FolderCheck;
import dev.caravan.migration.report.Reports;
import dev.caravan.migration.sample.SampledMessage;
import dev.caravan.migration.sample.Samples;
import dev.caravan.model.Words;
import dev.caravan.transform.link.TargetNames;
import dev.caravan.transform.mapping.MappingFunctions;
import dev.caravan.transform.mapping.TargetRules;
import dev.caravan.transport.SourceAddresses;
import dev.caravan.transport.TargetPlaces;

/** What people do with a {@link TestMigration} beside running it: look something up, try a mapping, read what became of it. */
public final class TestDesk {

    private final PlainAssembly assembly;

    TestDesk(PlainAssembly assembly) {
        this.assembly = assembly;
    }

    /** Writes a sample of messages side by side; returns its page. */
    public Path sample(int number, long seed) {
        return assembly.inCamel((camel, journey) -> samples(journey).write(number, seed, Words.ENGLISH));
    }

    /** The same messages, in memory. */
    public List<SampledMessage> drawn(int number, long seed) {
        return assembly.inCamel(
                (camel, journey) -> samples(journey).draw(number, seed).messages());
    }

    private Samples samples(Journey journey) {
        return new Samples(assembly.settings, assembly.ledgers, journey);
    }

    /** Drafts who is who; see {@link PeopleDesk#drafting}. */
    public PeopleDesk people(byte[] list) {
        return assembly.inCamel((camel, journey) -> {
            var map = new UserMap(assembly.settings, assembly.services(TargetNames.class));
            var desk = new PeopleDesk(assembly.ledgers, journey, map, assembly.settings);
            desk.drafting(list).get();
            return desk;
        });
    }

    public StaffNotices staffNotices() {
        return new StaffNotices(assembly.settings, assembly.ledgers, assembly.services(TargetRules.class));
    }

    /** Looks something up. */
    public Answer find(Function<Finder, Answer> question) {
        return assembly.inCamel((camel, journey) -> question.apply(new Finder(
                assembly.settings,
                assembly.ledgers,
                assembly.runs(),
                assembly.source(camel),
                assembly.services(SourceAddresses.class),
                assembly.services(TargetPlaces.class))));
    }

    /** Tries and changes templates. */
    public <T> T mappings(BiFunction<MappingFiles, MappingDesk, T> work) {
        return assembly.inCamel((camel, journey) -> {
            var functions = assembly.services(MappingFunctions.class);
            var files = new MappingFiles(
                    assembly.settings, new FolderCheck(assembly.settings, camel, functions), functions);
            return work.apply(
                    files,
                    new MappingDesk(
                            files, assembly.ledgers, assembly.runs(), assembly.source(camel), new ObjectMapper()));
        });
    }

    /** The table of old and new addresses. */
    public String permalinks(String site) {
        var table = new ByteArrayOutputStream();
        new Permalinks(
                        assembly.settings,
                        assembly.ledgers,
                        assembly.services(SourceAddresses.class),
                        assembly.services(TargetPlaces.class))
                .write(site, table);
        return table.toString(StandardCharsets.UTF_8);
    }

    /** Writes the report on the last run; returns its page. */
    public Path report(Words words) {
        return reports().write(Migration.COMMAND, words);
    }

    /** Writes the report on a run that is just being completed; returns its page. */
    public Path report(Run run, Words words) {
        return reports().write(run, words);
    }

    private Reports reports() {
        return new Reports(assembly.settings, assembly.ledgers, assembly.services(TargetRules.class));
    }
}
