package dev.caravan.transport.schedule;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import dev.caravan.model.Problem;

/**
 * The text of a timetable's setting: pieces separated by commas, each {@code days [hours] share}.
 *
 * @param setting its name, for whoever has to mend it
 * @param example a piece that works
 */
record TimetableText(String setting, String example) {

    static final TimetableText WEEK = new TimetableText("caravan.schedule.week", "mon-fri 08:00-18:00 60%, * 90%");
    static final TimetableText EXCEPTIONS =
            new TimetableText("caravan.schedule.exceptions", "2027-01-28..02-05 stop, 2027-03-01 30%");

    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(\\.\\d{1,6})?)%");
    private static final int DAYS_IN_WEEK = 7;
    private static final LocalDate SOME_MONDAY = LocalDate.of(2024, 1, 1);

    /** The rules of the week, which together have to speak of every minute of it. */
    static List<Rule> week(String text) {
        var pieces = pieces(text);
        var rules = WEEK.rules(pieces, Weekdays::parse, "CRV-221");
        if (!rules.isEmpty()) {
            WEEK.complete(pieces, rules);
        }
        return rules;
    }

    static List<Rule> exceptions(String text) {
        return EXCEPTIONS.rules(pieces(text), Dates::parse, "CRV-222");
    }

    private static List<String> pieces(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(piece -> !piece.isEmpty())
                .toList();
    }

    private List<Rule> rules(
            List<String> pieces, Function<String, ? extends Predicate<LocalDate>> days, String wrongDays) {
        var rules = new ArrayList<Rule>();
        for (var piece : pieces) {
            var words = piece.toLowerCase(Locale.ROOT).split("\\s+");
            if (words.length != 2 && words.length != 3) {
                throw new Problem("CRV-220", setting, piece, example);
            }
            // "2027-01-28..02-05: stop" is how people write it, too.
            var first = words[0].endsWith(":") ? words[0].substring(0, words[0].length() - 1) : words[0];
            rules.add(new Rule(
                    read(days, first, piece, wrongDays),
                    words.length == 2 ? Hours.WHOLE_DAY : read(Hours::parse, words[1], piece, "CRV-223"),
                    read(TimetableText::share, words[words.length - 1], piece, "CRV-224")));
        }
        return List.copyOf(rules);
    }

    private <T> T read(Function<String, T> reader, String word, String piece, String code) {
        try {
            return reader.apply(word);
        } catch (DateTimeException | IllegalArgumentException notThat) {
            throw new Problem(code, setting, piece, word, example);
        }
    }

    private static double share(String word) {
        if (word.equals("stop")) {
            return 0;
        }
        var match = PERCENT.matcher(word);
        if (!match.matches() || Double.parseDouble(match.group(1)) > 100) {
            throw new IllegalArgumentException(word);
        }
        return Double.parseDouble(match.group(1)) / 100;
    }

    private void complete(List<String> pieces, List<Rule> rules) {
        var counts = new boolean[rules.size()];
        for (var minute = 0; minute < DAYS_IN_WEEK * Hours.DAY; minute++) {
            var time = SOME_MONDAY.atStartOfDay().plusMinutes(minute);
            var first = 0;
            while (first < rules.size() && !rules.get(first).covers(time)) {
                first++;
            }
            if (first == rules.size()) {
                var day = time.getDayOfWeek().name().toLowerCase(Locale.ROOT).substring(0, 3);
                throw new Problem("CRV-225", setting, day + " " + time.toLocalTime());
            }
            counts[first] = true;
        }
        for (var i = 0; i < counts.length; i++) {
            if (!counts[i]) {
                throw new Problem("CRV-226", setting, pieces.get(i));
            }
        }
    }
}
