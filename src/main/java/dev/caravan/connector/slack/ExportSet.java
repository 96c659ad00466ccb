package dev.caravan.connector.slack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * All archives of one source, by the last day they cover, then by file name: a later one wins over an earlier one. Names alone
 * do not tell, as Slack writes months as words: April would come before January.
 */
final class ExportSet {

    private final List<ExportArchive> archives;
    private final List<int[]> days = new ArrayList<>();

    ExportSet(List<ExportArchive> archives) {
        this.archives = archives.stream()
                .sorted(Comparator.comparingInt(ExportSet::lastDay).thenComparing(ExportArchive::name))
                .toList();
        for (var archive : this.archives) {
            days.add(range(archive.files()));
        }
    }

    private static int lastDay(ExportArchive archive) {
        var range = range(archive.files());
        return range == null ? Integer.MIN_VALUE : range[1];
    }

    private static int[] range(DayFiles files) {
        int[] range = null;
        for (int folder = 0; folder < files.folders(); folder++) {
            if (files.from(folder) < files.to(folder)) {
                int first = files.day(files.from(folder));
                int last = files.day(files.to(folder) - 1);
                range = range == null
                        ? new int[] {first, last}
                        : new int[] {Math.min(first, range[0]), Math.max(last, range[1])};
            }
        }
        return range;
    }

    List<ExportArchive> archives() {
        return archives;
    }

    /** Days since 1970; {@link Long#MIN_VALUE} without a file. */
    long latestDay(String conversation) {
        long latest = Long.MIN_VALUE;
        for (var archive : archives) {
            int folder = archive.folderOf(conversation);
            var files = archive.files();
            if (folder >= 0 && files.from(folder) < files.to(folder)) {
                latest = Math.max(latest, files.day(files.to(folder) - 1));
            }
        }
        return latest;
    }

    /** What the archives that know all these conversations cover: an archive that leaves one out says nothing of it. */
    Coverage coverage(List<String> conversations) {
        var ranges = new ArrayList<int[]>();
        for (int i = 0; i < archives.size(); i++) {
            if (conversations.stream().allMatch(archives.get(i)::knows)) {
                ranges.add(days.get(i));
            }
        }
        return new Coverage(ranges.stream().filter(Objects::nonNull).toList());
    }
}
