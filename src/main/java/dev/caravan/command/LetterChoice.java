package dev.caravan.command;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import dev.caravan.ledger.LetterFilter;
import dev.caravan.migration.letters.Selection;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Parameters;

/** Names letters one by one, or by what they have in common. */
class LetterChoice {

    @Parameters(paramLabel = "ID", arity = "1..*", descriptionKey = "parameter.letters")
    private List<Long> ids = new ArrayList<>();

    @ArgGroup(exclusive = false)
    private LetterFilterOptions filter;

    Selection selection(ZoneId zone) {
        return new Selection(new TreeSet<>(ids), filter == null ? LetterFilter.ALL : filter.filter(zone));
    }
}
