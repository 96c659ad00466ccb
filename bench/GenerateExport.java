import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a synthetic Slack export of any size in constant memory, for measurements and for tests of odd input.
 *
 * <p>Everything about a message is a function of (seed, conversation, index), so nothing is held between messages and
 * the same options give the same bytes. Only the zip's own list of entries grows, by 200 bytes an entry.
 * Run it with {@code java -Xmx256m bench/GenerateExport.java --help}.
 */
public class GenerateExport {
    private static final long DAY_MICROS = 86_400_000_000L;

    private final Settings settings;
    private final Company company;
    private final Map<Defect, Long> bad = new EnumMap<>(Defect.class);
    private final Line line = new Line();

    GenerateExport(Settings settings) {
        this.settings = settings;
        this.company = new Company(settings);
        settings.defects().forEach(defect -> bad.put(defect, 0L));
    }

    public static void main(String[] args) throws IOException {
        if (args.length == 0 || List.of(args).contains("--help")) {
            System.out.println(Settings.HELP);
            return;
        }
        try {
            System.out.println(new GenerateExport(Settings.parse(args)).write());
        } catch (IllegalArgumentException | DateTimeException wrongOption) {
            System.err.println(wrongOption.getMessage() + " (see --help)");
            System.exit(2);
        }
    }

    /** Writes the archive and returns the summary, one line of JSON. */
    String write() throws IOException {
        long replies = 0;
        Zip zip = new Zip(settings.target());
        try (zip;
                Writer truth =
                        settings.truth() == null ? Writer.nullWriter() : Files.newBufferedWriter(settings.truth())) {
            writeUsers(zip);
            for (Kind kind : Kind.values()) {
                writeConversations(zip, kind);
            }
            zip.begin("integration_logs.json");
            zip.write(line.clear().raw("[]\n"));
            zip.end();
            for (Conversation conversation : company) {
                replies += writeHistory(zip, conversation, truth);
            }
        }
        String badByKind = bad.entrySet().stream()
                .map(entry -> "\"%s\":%d".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
        return ("{\"messages\":%d,\"replies\":%d,\"conversations\":%d,\"people\":%d,\"entries\":%d,\"bytes\":%d,"
                        + "\"zipBytes\":%d,\"bad\":%s}")
                .formatted(
                        settings.messages(),
                        replies,
                        settings.conversations(),
                        settings.people(),
                        zip.entries,
                        zip.bytes,
                        Files.size(settings.target()),
                        badByKind);
    }

    private void writeUsers(Zip zip) throws IOException {
        zip.begin("users.json");
        for (int person = 0; person < settings.people(); person++) {
            zip.write(line.clear().raw(person == 0 ? "[\n" : ",\n").raw(company.userJson(person)));
        }
        zip.write(line.clear().raw("\n]\n"));
        zip.end();
    }

    private void writeConversations(Zip zip, Kind kind) throws IOException {
        zip.begin(kind.list);
        String separator = "[\n";
        for (Conversation conversation : company) {
            if (conversation.kind() == kind) {
                zip.write(line.clear().raw(separator).raw(company.conversationJson(conversation)));
                separator = ",\n";
            }
        }
        zip.write(line.clear().raw(separator.startsWith("[") ? "[]\n" : "\n]\n"));
        zip.end();
    }

    private long writeHistory(Zip zip, Conversation conversation, Writer truth) throws IOException {
        Timeline timeline = new Timeline(settings, conversation);
        Messages messages = new Messages(settings, company, conversation, timeline);
        long replies = 0;
        long index = 0;
        for (int entry = 0; entry < conversation.entries(); entry++) {
            String name = conversation.folder() + "/" + timeline.day(entry) + ".json";
            zip.begin(name);
            zip.write(line.clear().raw("["));
            long first = index;
            for (; index < timeline.firstOf(entry + 1); index++) {
                Slot slot = timeline.slot(index);
                zip.write(messages.write(line.clear().raw(index == first ? "\n" : ",\n"), index, slot));
                if (slot.defect != null) {
                    bad.merge(slot.defect, 1L, Long::sum);
                }
                replies += slot.root >= 0 ? 1 : 0;
                truth.write("{\"conversation\":\"" + conversation.id() + "\",\"entry\":\"" + name + "\",\"index\":"
                        + (index - first) + ",\"ts\":" + messages.expectedTs(index, slot) + ",\"defect\":"
                        + (slot.defect == null ? null : "\"" + slot.defect + "\"") + "}\n");
            }
            zip.write(line.clear().raw(index == first ? "]\n" : "\n]\n"));
            zip.end();
        }
        return replies;
    }

    enum Kind {
        CHANNEL("channels.json", "C0"),
        GROUP("groups.json", "G0"),
        MPIM("mpims.json", "G1"),
        DM("dms.json", "D0");

        final String list;
        final String idPrefix;

        Kind(String list, String idPrefix) {
            this.list = list;
            this.idPrefix = idPrefix;
        }
    }

    enum Defect {
        UNKNOWN_AUTHOR,
        ORPHAN_REPLY,
        MISSING_TS,
        NUMERIC_TS,
        NOT_AN_OBJECT,
        CONTROL_CHARACTERS,
        GBK_BYTES,
        INVALID_UTF8,
        DUPLICATE_TS,
        DUPLICATE_MESSAGE,
        UNKNOWN_SUBTYPE,
        NULL_TEXT,
        HUGE_TEXT;

        /** Of the message before it, a duplicate repeats the ts, or everything. */
        boolean isDuplicate() {
            return this == DUPLICATE_TS || this == DUPLICATE_MESSAGE;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    record Settings(
            Path target,
            Path truth,
            LocalDate from,
            long seed,
            long messages,
            int conversations,
            int people,
            int entries,
            int hugeLength,
            double threads,
            double reactions,
            double files,
            double edited,
            double unicode,
            double blocks,
            double bad,
            double dms,
            double mpims,
            List<Defect> defects) {
        /** Ten years: more days per conversation would reach into the future. */
        static final int MAX_DAYS = 3_650;

        static final String HELP =
                """
                Writes a synthetic Slack export; the same options give the same bytes (on one JDK, whose zlib packs them).
                Usage: java -Xmx256m bench/GenerateExport.java [option value]... <export.zip>
                  --seed 1             start of the pseudo-random numbers
                  --messages 10000     array elements in all day files, bad ones included
                  --conversations 100  channels, private groups, group DMs and DMs together
                  --people 500         at least 10
                  --entries 0          day files, some of them empty; 0 = about one for 50 messages;
                                       2 million need -Xmx512m
                  --from 2016-01-01    day of the first day file
                  --dms 0.2  --mpims 0.05    shares of the conversations; of the rest a fifth is private
                  --threads 0.2        share of messages that are replies
                  --reactions 0.1  --files 0.02  --edited 0.03  --blocks 0.1    shares of messages that carry them
                  --unicode 0.1        share of texts and names in Chinese, Japanese or emoji
                  --bad 0              share of bad records, evenly of all kinds
                  --bad-kinds LIST     only these, comma-separated, of:
                                       unknown-author, orphan-reply, missing-ts, numeric-ts, not-an-object,
                                       control-characters, gbk-bytes, invalid-utf8, duplicate-ts,
                                       duplicate-message, unknown-subtype, null-text, huge-text
                  --huge 20000         length of a huge-text in UTF-16 units
                  --truth FILE         JSON lines: conversation, entry, index, ts and defect of every element
                The last line of standard output is a summary in JSON.""";

        static Settings parse(String[] args) {
            Map<String, String> given = new LinkedHashMap<>();
            for (int i = 0; i < args.length; i++) {
                boolean option = args[i].startsWith("--");
                check(option ? i + 1 < args.length : !given.containsKey("<export.zip>"), "Misplaced " + args[i]);
                given.put(option ? args[i] : "<export.zip>", option ? args[++i] : args[i]);
            }
            check(given.containsKey("<export.zip>"), "The archive to write is missing");
            String truth = given.remove("--truth");
            String kinds = given.remove("--bad-kinds");
            Settings settings = new Settings(
                    Path.of(given.remove("<export.zip>")),
                    truth == null ? null : Path.of(truth),
                    LocalDate.parse(take(given, "--from", "2016-01-01")),
                    number(given, "--seed", 1),
                    number(given, "--messages", 10_000),
                    (int) number(given, "--conversations", 100),
                    (int) number(given, "--people", 500),
                    (int) number(given, "--entries", 0),
                    (int) number(given, "--huge", 20_000),
                    share(given, "--threads", 0.2),
                    share(given, "--reactions", 0.1),
                    share(given, "--files", 0.02),
                    share(given, "--edited", 0.03),
                    share(given, "--unicode", 0.1),
                    share(given, "--blocks", 0.1),
                    share(given, "--bad", 0),
                    share(given, "--dms", 0.2),
                    share(given, "--mpims", 0.05),
                    kinds == null
                            ? List.of(Defect.values())
                            : Arrays.stream(kinds.split(","))
                                    .map(Settings::defect)
                                    .toList());
            check(given.isEmpty(), "Unknown option " + given.keySet());
            check(
                    settings.conversations >= 1 && settings.people >= 10 && settings.hugeLength >= 1,
                    "Too few conversations or people, or too small a huge text");
            check(
                    settings.entries / settings.conversations <= MAX_DAYS,
                    "More than " + MAX_DAYS + " days in a conversation");
            return settings;
        }

        private static Defect defect(String name) {
            return Defect.valueOf(name.trim().toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        private static String take(Map<String, String> given, String option, String fallback) {
            String value = given.remove(option);
            return value == null ? fallback : value;
        }

        private static long number(Map<String, String> given, String option, long fallback) {
            return Long.parseLong(take(given, option, "" + fallback).replace("_", ""));
        }

        private static double share(Map<String, String> given, String option, double fallback) {
            double share = Double.parseDouble(take(given, option, "" + fallback));
            check(share >= 0 && share <= 1, option + " is a share between 0 and 1");
            return share;
        }

        private static void check(boolean holds, String complaint) {
            if (!holds) {
                throw new IllegalArgumentException(complaint);
            }
        }
    }

    /** SplitMix64: fast, and the same on every JDK. */
    static final class Dice {
        private long state;

        Dice(long seed, long purpose, long number, long index) {
            for (long key : new long[] {seed, purpose, number, index}) {
                state = mix(state + key);
            }
        }

        long next() {
            state += 0x9E3779B97F4A7C15L;
            return mix(state);
        }

        int below(int bound) {
            return (int) ((next() >>> 1) % bound);
        }

        boolean chance(double share) {
            return (next() >>> 11) * 0x1.0p-53 < share;
        }

        <T> T of(List<T> choice) {
            return choice.get(below(choice.size()));
        }

        private static long mix(long value) {
            long a = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L + 0x632BE59BD9B4E019L;
            long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
            return b ^ (b >>> 31);
        }
    }

    record Conversation(int number, Kind kind, String id, String folder, int[] members, long messages, int entries) {}

    /** People and conversations; iterating gives the conversations in a fixed order, busiest first. */
    static final class Company implements Iterable<Conversation> {
        private static final List<String> GIVEN = List.of(
                "anna", "bruno", "carla", "dao", "emil", "fatou", "goran", "hana", "ines", "jun", "kofi", "lena", "mei",
                "nils", "olga", "pavel", "rosa", "sven", "tomo", "vera");
        private static final List<String> CHINESE = List.of("王小明", "李雪", "张伟丽", "陈晓东", "刘思雨", "赵云飞");
        private static final List<String> TOPICS =
                List.of("project", "team", "support", "sales", "ops", "design", "news");
        private static final List<String> CHINESE_TOPICS = List.of("设计", "产品讨论", "东京支社", "发布");

        private final Settings settings;
        private final double weights;

        Company(Settings settings) {
            this.settings = settings;
            this.weights = IntStream.range(0, settings.conversations())
                    .mapToDouble(Company::weight)
                    .sum();
        }

        String personId(int person) {
            return id("U0", person);
        }

        String personName(int person) {
            return GIVEN.get(person % GIVEN.size()) + person;
        }

        String userJson(int person) {
            Dice dice = new Dice(settings.seed(), 1, person, 0);
            String realName = dice.chance(settings.unicode()) ? dice.of(CHINESE) : "Sample " + personName(person);
            return """
                    {"id":"%s","team_id":"T0BENCH","name":"%s","deleted":%s,"real_name":"%s","tz":"Asia/Shanghai",\
                    "tz_offset":28800,"profile":{"title":"","real_name":"%4$s","display_name":"%2$s",\
                    "email":"%2$s@example.com","team":"T0BENCH"},\
                    "is_admin":%s,"is_owner":%s,"is_primary_owner":%6$s,"is_restricted":%s,"is_ultra_restricted":false,\
                    "is_bot":false,"updated":1451606400}"""
                    .formatted(
                            personId(person),
                            personName(person),
                            person > 0 && dice.chance(0.03),
                            realName,
                            person < 3,
                            person == 0,
                            person > 2 && dice.chance(0.02));
        }

        String conversationJson(Conversation conversation) {
            String members = Arrays.stream(conversation.members())
                    .mapToObj(person -> "\"" + personId(person) + "\"")
                    .collect(Collectors.joining(",", "[", "]"));
            long created = settings.from().atStartOfDay().toEpochSecond(ZoneOffset.UTC);
            if (conversation.kind() == Kind.DM) {
                return "{\"id\":\"%s\",\"created\":%d,\"members\":%s}".formatted(conversation.id(), created, members);
            }
            String creator = personId(conversation.members()[0]);
            return """
                    {"id":"%s","name":"%s","created":%d,"creator":"%s","is_archived":%s,"is_general":%s,"members":%s,\
                    "topic":{"value":"%s","creator":"%4$s","last_set":%3$d},\
                    "purpose":{"value":"Made for measurements","creator":"%4$s","last_set":%3$d}}"""
                    .formatted(
                            conversation.id(),
                            conversation.folder(),
                            created,
                            creator,
                            conversation.number() % 20 == 19,
                            conversation.number() == 0,
                            members,
                            "Topic " + conversation.number());
        }

        @Override
        public Iterator<Conversation> iterator() {
            return new Iterator<>() {
                private final int[] ofKind = new int[Kind.values().length];
                private int number;
                private double weightSoFar;
                private long messagesSoFar;

                @Override
                public boolean hasNext() {
                    return number < settings.conversations();
                }

                @Override
                public Conversation next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    weightSoFar += weight(number);
                    boolean last = number == settings.conversations() - 1;
                    long messagesTo =
                            last ? settings.messages() : (long) (settings.messages() * (weightSoFar / weights));
                    Conversation conversation = conversation(number, messagesTo - messagesSoFar, ofKind);
                    messagesSoFar = messagesTo;
                    number++;
                    return conversation;
                }
            };
        }

        private Conversation conversation(int number, long messages, int[] ofKind) {
            Dice dice = new Dice(settings.seed(), 2, number, 0);
            boolean dm = dice.chance(settings.dms());
            boolean mpim = dice.chance(settings.mpims() / Math.max(1 - settings.dms(), 1e-9));
            boolean group = dice.chance(0.2);
            Kind kind =
                    number == 0 ? Kind.CHANNEL : dm ? Kind.DM : mpim ? Kind.MPIM : group ? Kind.GROUP : Kind.CHANNEL;
            int[] members = members(kind, number, ofKind[kind.ordinal()]++, dice);
            String id = id(kind.idPrefix, number);
            String folder =
                    switch (kind) {
                        case DM -> id;
                        case MPIM -> Arrays.stream(members)
                                .mapToObj(this::personName)
                                .collect(Collectors.joining("--", "mpdm-", "-1"));
                        default -> number == 0
                                ? "general"
                                : dice.of(dice.chance(settings.unicode()) ? CHINESE_TOPICS : TOPICS) + "-" + number;
                    };
            int share = settings.entries() / settings.conversations();
            int entries = settings.entries() == 0
                    ? (int) Math.min(Settings.MAX_DAYS, (messages + 49) / 50)
                    : share + (number < settings.entries() % settings.conversations() ? 1 : 0);
            boolean unheard = entries == 0 && messages > 0;
            return new Conversation(number, kind, id, folder, members, messages, unheard ? 1 : entries);
        }

        /** No two DMs, and no two group DMs, have the same members, as on Slack. */
        private int[] members(Kind kind, int number, int ordinal, Dice dice) {
            int people = settings.people();
            int round = ordinal / people;
            int size =
                    switch (kind) {
                        case DM -> 2;
                        case MPIM -> 3 + round % 7;
                        default -> number == 0 ? people : Math.min(people, 3 + dice.below(60));
                    };
            int stride =
                    switch (kind) {
                        case DM -> 1 + round;
                        case MPIM -> 1 + round / 7;
                        default -> 1;
                    };
            Settings.check(stride * Math.max(2, size - 1) < people, "Too few people for so many DMs or group DMs");
            return IntStream.range(0, size)
                    .map(member -> (ordinal + member * stride) % people)
                    .toArray();
        }

        private static double weight(int number) {
            return Math.pow(number + 1, -0.8);
        }

        private static String id(String prefix, int number) {
            return prefix
                    + Long.toString(78_364_164_096L + number, 36).substring(1).toUpperCase(Locale.ROOT);
        }
    }

    /** What is settled about a message before it is written: its defect, its thread root, its replies. */
    static final class Slot {
        final List<Long> replies = new ArrayList<>(0);
        Defect defect;
        long root = -1;
        boolean joins;
        boolean repeated;

        boolean canBeRoot() {
            return defect == null && root < 0 && !joins && !repeated;
        }
    }

    /** When and by whom each message of a conversation is sent, and which belong to one thread. */
    static final class Timeline {
        /** A reply comes at most this many messages after its root, so a root knows its replies when it is written. */
        private static final int REACH = 256;

        private final Settings settings;
        private final Conversation conversation;
        private final int stride;
        private final Slot[] slots = new Slot[4 * REACH];
        private long planned;

        Timeline(Settings settings, Conversation conversation) {
            this.settings = settings;
            this.conversation = conversation;
            this.stride = Math.max(1, Math.min(Settings.MAX_DAYS, 1_000) / Math.max(1, conversation.entries()));
        }

        LocalDate day(int entry) {
            return settings.from().plusDays((long) entry * stride);
        }

        long firstOf(int entry) {
            return conversation.messages() * entry / conversation.entries();
        }

        long micros(long index) {
            int entry = (int) (((index + 1) * conversation.entries() - 1) / conversation.messages());
            long first = firstOf(entry);
            long step = DAY_MICROS / (firstOf(entry + 1) - first);
            long jitter = (new Dice(settings.seed(), 3, conversation.number(), index).next() >>> 1) % step;
            return day(entry).toEpochDay() * DAY_MICROS + (index - first) * step + jitter;
        }

        String ts(long index) {
            return Messages.ts(micros(index));
        }

        int author(long index) {
            int[] members = conversation.members();
            return members[new Dice(settings.seed(), 4, conversation.number(), index).below(members.length)];
        }

        Slot slot(long index) {
            while (planned < Math.min(conversation.messages(), index + REACH + 1)) {
                plan(planned++);
            }
            return at(index);
        }

        private Slot at(long index) {
            return slots[(int) (index % slots.length)];
        }

        private void plan(long index) {
            Dice dice = new Dice(settings.seed(), 5, conversation.number(), index);
            Slot slot = new Slot();
            slots[(int) (index % slots.length)] = slot;
            if (dice.chance(settings.bad())) {
                slot.defect = dice.of(settings.defects());
                if (slot.defect.isDuplicate()) {
                    repeatPrevious(index, slot);
                }
                return;
            }
            slot.joins = conversation.kind() == Kind.CHANNEL && dice.chance(0.02);
            if (!slot.joins && dice.chance(settings.threads())) {
                slot.root = findRoot(index, dice);
                if (slot.root >= 0) {
                    at(slot.root).replies.add(index);
                }
            }
        }

        /** A duplicate needs a sound message before it, which then starts no thread: whose would it be? */
        private void repeatPrevious(long index, Slot slot) {
            if (index == 0 || at(index - 1).defect != null) {
                slot.defect = null;
                slot.repeated = true;
            } else {
                at(index - 1).repeated = true;
            }
        }

        /** Mostly a recent message, sometimes the one long thread of its stretch. */
        private long findRoot(long index, Dice dice) {
            long stretch = index / REACH * REACH;
            if (stretch < index && at(stretch).canBeRoot() && dice.chance(0.2)) {
                return stretch;
            }
            for (long root = index - 1 - dice.below(16); root >= 0 && index - root < REACH; root--) {
                if (at(root).canBeRoot()) {
                    return root;
                }
            }
            return -1;
        }
    }

    /** Writes messages in the shape Slack exports them. */
    static final class Messages {
        private static final List<String> WORDS =
                List.of(("the|a|we|release|please|today|customer|meeting|build|is|ready|after|lunch|"
                                + "server|restart|again|thanks|for|review|pull|request|deploy|numbers|look|good|"
                                + "broken|on|Friday|budget|ship|it|and|&amp;|x &lt; y|*bold*|_maybe_|~old~|"
                                + "`make test`|:tada:|...|\n|\n• item")
                        .split("\\|"));
        private static final List<String> CHINESE =
                List.of("今天的会议改到下午三点。", "请看一下这个问题,", "服务器已经重启,", "谢谢大家!", "客户反馈很好,", "我们明天发布新版本。", "数据迁移已经完成。");
        private static final List<String> JAPANESE = List.of("お疲れ様です。", "資料を確認してください。", "会議は三時からです。", "ありがとうございます!");
        private static final List<String> EMOJI = List.of("👍", "🎉", "👩‍💻", "🏳️‍🌈", "👋🏽", "𠮷野家", "❤️");
        private static final List<String> REACTIONS =
                List.of("+1", "tada", "eyes", "wave::skin-tone-4", "heart", "joy");
        private static final byte[] GBK = "迁移数据的编码不对".getBytes(Charset.forName("GBK"));
        private static final byte[] INVALID = {
            'c', 'u', 't', ' ', (byte) 0xE4, (byte) 0xBD, ' ', (byte) 0xFF, (byte) 0xC3
        };

        private final Settings settings;
        private final Company company;
        private final Conversation conversation;
        private final Timeline timeline;

        Messages(Settings settings, Company company, Conversation conversation, Timeline timeline) {
            this.settings = settings;
            this.company = company;
            this.conversation = conversation;
            this.timeline = timeline;
        }

        static String ts(long micros) {
            String digits = Long.toString(micros);
            return digits.substring(0, digits.length() - 6) + "." + digits.substring(digits.length() - 6);
        }

        /** The ts of the element as JSON, null when it has none. */
        String expectedTs(long index, Slot slot) {
            if (slot.defect == Defect.MISSING_TS || slot.defect == Defect.NOT_AN_OBJECT) {
                return "null";
            }
            boolean duplicate = slot.defect != null && slot.defect.isDuplicate();
            return "\"" + timeline.ts(duplicate ? index - 1 : index) + "\"";
        }

        Line write(Line out, long index, Slot slot) {
            if (slot.defect == Defect.DUPLICATE_MESSAGE) {
                return write(out, index - 1, timeline.slot(index - 1));
            }
            Dice dice = new Dice(settings.seed(), 6, conversation.number(), index);
            boolean unicode = dice.chance(settings.unicode());
            out.escapeUnicode = dice.chance(0.5);
            String author = slot.defect == Defect.UNKNOWN_AUTHOR ? "U0GHOST" + dice.below(100) : person(index);
            String text = slot.joins ? "<@" + author + "> has joined the channel" : text(dice, unicode);
            if (slot.defect == Defect.NOT_AN_OBJECT) {
                return out.string(text);
            }
            out.raw("{");
            if (slot.joins) {
                out.raw("\"subtype\":\"channel_join\",");
            } else {
                out.raw("\"client_msg_id\":\"")
                        .raw(new UUID(dice.next(), dice.next()).toString())
                        .raw("\",");
            }
            out.raw("\"type\":\"message\",\"user\":\"").raw(author).raw("\",\"text\":");
            writeText(out, text, slot.defect, dice);
            writeTs(out, index, slot.defect);
            out.raw(",\"team\":\"T0BENCH\"");
            if (slot.defect == Defect.UNKNOWN_SUBTYPE) {
                out.raw(",\"subtype\":\"quantum_message\"");
            }
            if (!slot.joins) {
                writeParts(out, index, author, text, dice);
            }
            writeThread(out, index, slot);
            return out.raw("}");
        }

        private String person(long index) {
            return company.personId(timeline.author(index));
        }

        private String text(Dice dice, boolean unicode) {
            List<String> words = !unicode ? WORDS : dice.chance(0.5) ? CHINESE : JAPANESE;
            StringBuilder text = new StringBuilder(256);
            if (dice.chance(0.15)) {
                text.append("<@")
                        .append(company.personId(dice.below(settings.people())))
                        .append("> ");
            }
            for (int left = 3 + dice.below(unicode ? 6 : 40); left > 0; left--) {
                text.append(dice.of(words)).append(unicode ? "" : " ");
            }
            if (unicode || dice.chance(0.05)) {
                text.append(
                        unicode
                                ? dice.of(EMOJI)
                                : "<https://www.example.org/page/" + dice.below(1_000) + "|this page>");
            }
            return text.toString();
        }

        private void writeText(Line out, String text, Defect defect, Dice dice) {
            if (defect == Defect.NULL_TEXT) {
                out.raw("null");
            } else if (defect == Defect.GBK_BYTES) {
                out.raw("\"").bytes(GBK).raw("\"");
            } else if (defect == Defect.INVALID_UTF8) {
                out.raw("\"").bytes(INVALID).raw("\"");
            } else if (defect == Defect.CONTROL_CHARACTERS) {
                out.string(text + "\u0000\u0007\u001b[31m\u0085end");
            } else if (defect == Defect.HUGE_TEXT) {
                StringBuilder huge = new StringBuilder(settings.hugeLength() + 256);
                while (huge.length() < settings.hugeLength()) {
                    huge.append(text).append(dice.of(WORDS)).append(' ');
                }
                int end = settings.hugeLength();
                out.string(huge.substring(0, Character.isHighSurrogate(huge.charAt(end - 1)) ? end - 1 : end));
            } else {
                out.string(text);
            }
        }

        private void writeTs(Line out, long index, Defect defect) {
            if (defect == Defect.NUMERIC_TS) {
                out.raw(",\"ts\":").raw(timeline.ts(index));
            } else if (defect != Defect.MISSING_TS) {
                out.raw(",\"ts\":\"")
                        .raw(timeline.ts(defect == Defect.DUPLICATE_TS ? index - 1 : index))
                        .raw("\"");
            }
        }

        private void writeParts(Line out, long index, String author, String text, Dice dice) {
            if (dice.chance(settings.blocks())) {
                out.raw(",\"blocks\":[{\"type\":\"rich_text\",\"block_id\":\"b" + dice.below(9_999)
                                + "\",\"elements\":[")
                        .raw("{\"type\":\"rich_text_section\",\"elements\":[{\"type\":\"text\",\"text\":")
                        .string(text)
                        .raw("}]}]}]");
            }
            if (dice.chance(settings.edited())) {
                long edit = timeline.micros(index) / 1_000_000 * 1_000_000 + 60_000_000;
                out.raw(",\"edited\":{\"user\":\"")
                        .raw(author)
                        .raw("\",\"ts\":\"")
                        .raw(ts(edit))
                        .raw("\"}");
            }
            if (dice.chance(settings.files())) {
                String id = Company.id("F0", dice.below(Integer.MAX_VALUE));
                String template =
                        """
                        ,"upload":true,"files":[{"id":"%1$s","created":%2$d,"name":"plan.pdf","title":"Plan",\
                        "mimetype":"application/pdf","filetype":"pdf","user":"%3$s","mode":"hosted","size":%4$d,\
                        "url_private":"https://files.slack.com/files-pri/T0BENCH-%1$s/plan.pdf?t=xoxe-000000000000-fake"}]""";
                long second = timeline.micros(index) / 1_000_000;
                out.raw(template.formatted(id, second, author, 1_000 + dice.below(9_000_000)));
            }
            if (dice.chance(settings.reactions())) {
                writeReactions(out, dice);
            }
        }

        private void writeReactions(Line out, Dice dice) {
            int[] members = conversation.members();
            int first = dice.below(REACTIONS.size());
            out.raw(",\"reactions\":[");
            for (int kind = 0, kinds = 1 + dice.below(2); kind < kinds; kind++) {
                int start = dice.below(members.length);
                int count = 1 + dice.below(Math.min(4, members.length));
                String users = IntStream.range(start, start + count)
                        .mapToObj(member -> "\"" + company.personId(members[member % members.length]) + "\"")
                        .collect(Collectors.joining(",", "[", "]"));
                out.raw(kind == 0 ? "" : ",")
                        .raw("{\"name\":\"")
                        .raw(REACTIONS.get((first + kind) % REACTIONS.size()))
                        .raw("\",\"users\":")
                        .raw(users)
                        .raw(",\"count\":")
                        .raw(Integer.toString(count))
                        .raw("}");
            }
            out.raw("]");
        }

        private void writeThread(Line out, long index, Slot slot) {
            if (slot.defect == Defect.ORPHAN_REPLY) {
                out.raw(",\"thread_ts\":\"")
                        .raw(ts(timeline.micros(0) - DAY_MICROS + index % 1_000))
                        .raw("\"");
            } else if (slot.root >= 0) {
                out.raw(",\"thread_ts\":\"")
                        .raw(timeline.ts(slot.root))
                        .raw("\",\"parent_user_id\":\"")
                        .raw(person(slot.root))
                        .raw("\"");
            } else if (!slot.replies.isEmpty()) {
                List<Long> replies = slot.replies;
                String users =
                        replies.stream().map(this::person).distinct().limit(5).collect(Collectors.joining("\",\""));
                out.raw(",\"thread_ts\":\"")
                        .raw(timeline.ts(index))
                        .raw("\",\"reply_count\":")
                        .raw(Integer.toString(replies.size()))
                        .raw(",\"latest_reply\":\"")
                        .raw(timeline.ts(replies.get(replies.size() - 1)))
                        .raw("\",\"reply_users\":[\"")
                        .raw(users)
                        .raw("\"],\"replies\":[");
                for (int i = 0; i < replies.size(); i++) {
                    out.raw(i == 0 ? "{\"user\":\"" : ",{\"user\":\"")
                            .raw(person(replies.get(i)))
                            .raw("\",\"ts\":\"")
                            .raw(timeline.ts(replies.get(i)))
                            .raw("\"}");
                }
                out.raw("]");
            }
        }
    }

    /** One element of a JSON array under construction, as bytes because some of them are wrong on purpose. */
    static final class Line {
        boolean escapeUnicode;
        private byte[] bytes = new byte[4_096];
        private int length;

        Line clear() {
            length = 0;
            return this;
        }

        Line raw(String text) {
            return bytes(text.getBytes(StandardCharsets.UTF_8));
        }

        Line bytes(byte[] more) {
            room(more.length);
            System.arraycopy(more, 0, bytes, length, more.length);
            length += more.length;
            return this;
        }

        Line string(String text) {
            StringBuilder json = new StringBuilder(text.length() + 16).append('"');
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '"' || c == '\\' || c == '/') {
                    json.append('\\').append(c);
                } else if (c == '\n') {
                    json.append("\\n");
                } else if (c < ' ' || c > 126 && escapeUnicode) {
                    json.append("\\u%04x".formatted((int) c));
                } else {
                    json.append(c);
                }
            }
            return raw(json.append('"').toString());
        }

        private void room(int more) {
            if (length + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
            }
        }
    }

    /** Entries of one fixed time, so that the archive depends on its content alone. */
    static final class Zip implements Closeable {
        private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

        long entries;
        long bytes;
        private final ZipOutputStream out;

        Zip(Path target) throws IOException {
            out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(target), 1 << 16));
            out.setLevel(Deflater.BEST_SPEED);
        }

        void begin(String name) throws IOException {
            ZipEntry entry = new ZipEntry(name);
            entry.setTimeLocal(ENTRY_TIME);
            out.putNextEntry(entry);
            entries++;
        }

        void write(Line line) throws IOException {
            out.write(line.bytes, 0, line.length);
            bytes += line.length;
        }

        void end() throws IOException {
            out.closeEntry();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
