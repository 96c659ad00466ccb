package dev.caravan.connector.agora;

import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;

import dev.caravan.model.Problem;

/**
 * The Kamelet's properties, read and checked.
 *
 * @param rest everything before {@code /users}, without a slash at its end
 * @param appCertificate and appId: of Agora and Shengwang; null when it is Easemob's client id and secret
 * @param groupOwner user id of whoever owns groups whose creator is not known
 * @param shiftAccepted most group messages of a run that may get another time than their own
 * @param importRate calls a second the app may make of each kind of import
 * @param historyRate hours of the message history a minute
 * @param historyZone in which the service names the hours of its history
 * @param deleteGroups whether a rollback deletes groups in which people may have written unseen
 * @param inFlight most calls under way at the same time
 * @param largestFile bytes the app takes as one file
 * @param files folder of the source's downloaded files, or null
 */
record AgoraSettings(
        URI rest,
        String appId,
        String appCertificate,
        String clientId,
        String clientSecret,
        Plan plan,
        String groupOwner,
        int groupMaxUsers,
        GroupHistory groupHistory,
        long shiftAccepted,
        double importRate,
        double historyRate,
        ZoneId historyZone,
        boolean deleteGroups,
        int inFlight,
        double rateShare,
        long largestFile,
        Path files) {

    /** What becomes of group messages older than the group, which the migration itself makes. */
    enum GroupHistory {
        /** Their own time; only after the server was seen to take it. */
        REAL,
        /** A time behind the making of the group; their own stands in {@code ext}. */
        SHIFT,
        /** Dead letters. */
        REFUSE
    }

    /** Where Shengwang and Easemob are. */
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private static final int MEBIBYTE = 1024 * 1024;

    /**
     * @param properties of the Kamelet, camelCase
     * @throws Problem CRV-480 for one that is missing, CRV-486 for one that is wrong
     */
    static AgoraSettings of(Map<String, String> properties) {
        var read = new Reader(properties);
        var plan = read.word("plan", Plan.class, Plan.STARTER);
        boolean easemob = !read.text("clientId").isEmpty();
        if (!easemob) {
            read.key("appId");
            read.key("appCertificate");
        } else {
            read.required("clientSecret");
        }
        var files = read.text("filesFolder");
        return new AgoraSettings(
                read.address("restUrl"),
                easemob ? null : read.text("appId"),
                easemob ? null : read.text("appCertificate"),
                easemob ? read.text("clientId") : null,
                easemob ? read.text("clientSecret") : null,
                plan,
                read.required("groupOwner"),
                (int) read.number("groupMaxUsers", plan.groupMembers(), 1, 100_000),
                read.word("groupHistory", GroupHistory.class, GroupHistory.REFUSE),
                (long) read.number("shiftAccepted", 0, 0, Long.MAX_VALUE),
                read.number("importRate", plan.callsPerSecond(), 0.1, 100_000),
                read.number("historyRate", 10, 1, 100_000),
                read.zone(
                        "historyTimeZone",
                        easemob || read.text("restUrl").contains("/app-id/") ? CHINA : ZoneOffset.UTC),
                Boolean.parseBoolean(read.text("deleteGroups")),
                (int) read.number("inFlight", 64, 1, 10_000),
                read.number("rateShare", 0, 0, 1),
                (long) (read.number("maxFileMegabytes", 10, 1, 1024) * MEBIBYTE),
                files.isEmpty() ? null : Path.of(files));
    }

    boolean easemob() {
        return clientId != null;
    }

    /** Without what opens the app. */
    @Override
    public String toString() {
        return "AgoraSettings[" + rest + ", " + plan + "]";
    }

    private record Reader(Map<String, String> properties) {

        String text(String name) {
            return properties.getOrDefault(name, "").strip();
        }

        String required(String name) {
            var text = text(name);
            if (text.isEmpty()) {
                throw new Problem("CRV-480", setting(name));
            }
            return text;
        }

        void key(String name) {
            if (!AgoraToken.isKey(required(name))) {
                throw new Problem("CRV-486", setting(name), "32 hexadecimal digits");
            }
        }

        URI address(String name) {
            var text = required(name).replaceAll("/+$", "");
            if (!text.matches("https?://[^/\\s]+/[^?#\\s]+")) {
                throw new Problem("CRV-486", setting(name), "https://<host>/<OrgName>/<AppName>");
            }
            return URI.create(text);
        }

        double number(String name, double otherwise, double least, double most) {
            var text = text(name);
            try {
                double number = text.isEmpty() ? otherwise : Double.parseDouble(text);
                if (!text.isEmpty() && !(number >= least && number <= most)) {
                    throw new NumberFormatException();
                }
                return number;
            } catch (NumberFormatException wrong) {
                throw new Problem("CRV-486", setting(name), least + " - " + most);
            }
        }

        ZoneId zone(String name, ZoneId otherwise) {
            var text = text(name);
            try {
                return text.isEmpty() ? otherwise : ZoneId.of(text);
            } catch (DateTimeException wrong) {
                throw new Problem(wrong, "CRV-486", setting(name), "UTC, Asia/Shanghai");
            }
        }

        <E extends Enum<E>> E word(String name, Class<E> words, E otherwise) {
            var text = text(name);
            for (E word : words.getEnumConstants()) {
                if (word.name().equalsIgnoreCase(text)) {
                    return word;
                }
            }
            if (text.isEmpty()) {
                return otherwise;
            }
            throw new Problem("CRV-486", setting(name), String.join(", ", names(words)));
        }

        private static <E extends Enum<E>> Iterable<String> names(Class<E> words) {
            return java.util.Arrays.stream(words.getEnumConstants())
                    .map(word -> word.name().toLowerCase(Locale.ROOT))::iterator;
        }

        private static String setting(String name) {
            return "caravan.sink." + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        }
    }
}
