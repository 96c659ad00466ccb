package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.connector.mattermost.PostObject.Placed;
import dev.caravan.connector.mattermost.SealSource.Message;
import dev.caravan.model.Finding;

/**
 * Writes the post lines: a root with all its replies in one. They go to spool files, because the package wants the
 * people first, and what people have read is only known once the posts are counted.
 */
final class PostSpool {

    /** Bytes of a line with its newline; the import reads lines into a buffer of 16 MiB. */
    static final int MAX_LINE = 16 * 1024 * 1024 - 1;

    private static final byte[] FIRST_REPLY = ",\"replies\":[".getBytes();
    private static final int CLOSING = 64;

    private final ObjectMapper json;
    private final PostBytes posts;
    private final SealSource source;
    private final String team;
    private final int maxLine;
    private final Totals totals = new Totals();
    private final OutputStream channels;
    private final OutputStream directs;
    private final OutputStream files;

    private final ByteText line = new ByteText();
    private final ByteText body = new ByteText();
    private OutputStream out;
    private String place = "";
    private String prefix;
    private Totals.Total total;
    private String root;
    private StagedLine rootLine;
    private long rootTime;
    private boolean open;
    private boolean replied;

    PostSpool(
            ObjectMapper json,
            SealSource source,
            String team,
            int maxLine,
            OutputStream channels,
            OutputStream directs,
            OutputStream files) {
        this.json = json;
        this.posts = new PostBytes(json);
        this.source = source;
        this.team = team;
        this.maxLine = maxLine;
        this.channels = channels;
        this.directs = directs;
        this.files = files;
    }

    Totals write(StageReader stage) throws IOException {
        try (var messages = source.byThread()) {
            while (messages.hasNext()) {
                var message = messages.next();
                add(message, StagedLine.of(stage.read(message.slot())));
            }
        }
        close();
        return totals;
    }

    private void add(Message message, List<StagedLine> lines) throws IOException {
        if (!message.place().equals(place)) {
            close();
            enter(message.place());
        }
        boolean opens = message.root() == null || !message.root().equals(root);
        if (opens) {
            close();
            root = message.root() == null ? message.id() : message.root();
            if (message.root() != null) {
                source.found(new Finding(
                        MattermostRule.REPLY_WITHOUT_ROOT.id(), "message", message.id(), "root " + message.root()));
            }
        }
        long time = message.at();
        for (var staged : lines) {
            if (staged.tag() == StagedLine.FILE) {
                files.write(staged.bytes(), staged.from(), staged.length() + 1);
            } else {
                if (staged.is(Placed.COPY)) {
                    copy(staged, time);
                } else if (open) {
                    reply(message, staged, time);
                } else {
                    open(staged, time);
                }
                time++;
            }
        }
    }

    private void enter(String key) throws IOException {
        place = key;
        root = null;
        String name = key.substring(key.indexOf('/') + 1);
        if (key.startsWith("direct/")) {
            out = directs;
            total = totals.of(Totals.direct(name));
            prefix = "{\"type\":\"direct_post\",\"direct_post\":{\"channel_members\":"
                    + json.writeValueAsString(DirectMembers.of(name)) + ",";
        } else {
            out = channels;
            total = totals.of(Totals.channel(name));
            prefix = "{\"type\":\"post\",\"post\":{\"team\":" + json.writeValueAsString(team) + ",\"channel\":"
                    + json.writeValueAsString(name) + ",";
        }
    }

    private void open(StagedLine staged, long time) throws IOException {
        line.add(prefix);
        posts.inner(staged, time, line);
        total.add(true, time);
        rootLine = staged;
        rootTime = time;
        open = true;
        replied = false;
    }

    private void reply(Message message, StagedLine staged, long time) throws IOException {
        if (line.size() + staged.length() + CLOSING > maxLine) {
            continued(message, staged, time);
            return;
        }
        if (replied) {
            line.add(",");
        } else {
            line.add(FIRST_REPLY);
            replied = true;
        }
        posts.whole(staged, time, line);
        total.add(false, time);
    }

    /** The reply becomes a root, and those behind it its replies; it says where it belongs. */
    private void continued(Message message, StagedLine staged, long time) throws IOException {
        ObjectNode first = posts.tree(rootLine);
        String user = first.path("user").asText();
        var tree = PostBytes.moved(posts.tree(staged), time);
        var props = tree.withObject("/props");
        if (!props.has(PostLayout.MARK)) {
            props.put(PostLayout.MARK, "continued");
        }
        var root = props.putObject("caravan_root")
                .put("id", PostIds.of(rootTime, user, first.path("message").asText(), 0))
                .put("time", rootTime)
                .put("user", user);
        var record = first.path("props").path(PostLayout.RECORD);
        if (!record.isMissingNode()) {
            root.set("record", record);
        }
        finish();
        byte[] bytes = json.writeValueAsBytes(tree);
        line.add(prefix).add(bytes, 1, bytes.length - 2);
        total.add(true, time);
        open = true;
        replied = false;
        source.found(new Finding(MattermostRule.THREAD_TOO_LONG.id(), "message", message.id(), "root " + this.root));
    }

    /** A line of its own, before that of the thread, which is still open. */
    private void copy(StagedLine staged, long time) throws IOException {
        body.add(prefix);
        posts.inner(staged, time, body);
        body.add("}}\n").flushTo(out);
        total.add(true, time);
    }

    private void close() throws IOException {
        finish();
        root = null;
        rootLine = null;
    }

    private void finish() throws IOException {
        if (open) {
            line.add(replied ? "]}}\n" : "}}\n").flushTo(out);
            open = false;
        }
    }
}
