package dev.caravan.connector.agora;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.transport.TargetIds;

/**
 * Imports messages, one a call, in order. An import has no key by which the server would know it again and cannot be looked
 * up: one whose answer is lost is left in doubt.
 */
final class MessageDelivery {

    private static final long MICROS = 1_000;

    private final AgoraClient client;
    private final TargetIds ids;
    private final ShiftConsent consent;
    private final Timeline timeline;
    private final AgoraFiles files;
    /** Of records that take several calls: what the server has, while the rest has to wait. */
    private final Map<String, Progress> begun = new ConcurrentHashMap<>();

    private static final class Progress {
        private final List<String> ids = new ArrayList<>();
        private AgoraFiles.Stored file;
        private long time;
        private boolean shifted;
    }

    MessageDelivery(AgoraClient client, TargetIds ids, ShiftConsent consent, Timeline timeline) {
        this.client = client;
        this.ids = ids;
        this.consent = consent;
        this.timeline = timeline;
        this.files = new AgoraFiles(client);
    }

    Batch deliver(Batch batch) {
        return InOrder.deliver(batch, this::send, item -> {
            var progress = begun.get(item.id());
            return progress != null && !progress.ids.isEmpty();
        });
    }

    private Outcome send(Item item) {
        var message = Json.read(item.target().payload());
        var place = message.path("place");
        var from = message.path("from").asText();
        var channel = message.path("channel").asText();
        Recipient to;
        if (place.path("type").asText().equals("direct")) {
            var others = new ArrayList<String>();
            place.path("members").forEach(member -> others.add(member.asText()));
            if (!others.remove(from) || others.size() != 1) {
                return new Outcome.Refused("agora-author-outside", from);
            }
            to = new Recipient(false, others.get(0), from);
        } else {
            var group = ids.of(Kind.CHANNEL, channel);
            if (group.isEmpty()) {
                return new Outcome.Refused("agora-no-group", channel);
            }
            to = new Recipient(true, group.get(), from);
        }
        return parts(item, message, to, channel);
    }

    private Outcome parts(Item item, JsonNode message, Recipient to, String channel) {
        var progress = begun.computeIfAbsent(item.id(), id -> new Progress());
        var parts = message.path("parts");
        while (progress.ids.size() < parts.size()) {
            var outcome = part(message, parts.get(progress.ids.size()), to, channel, progress);
            if (outcome instanceof Outcome.Retry retry) {
                return new Outcome.Retry(retry.after(), retry.reason(), !progress.ids.isEmpty());
            }
            if (outcome != null) {
                boolean partly = outcome instanceof Outcome.Refused && !progress.ids.isEmpty();
                var end = partly ? takenBack(outcome, to, progress) : outcome;
                // not before: a problem while it is taken back leaves the record in doubt
                begun.remove(item.id());
                return end;
            }
        }
        begun.remove(item.id());
        var sent = new SentMessage(progress.time, to, progress.ids).targetId();
        return new Outcome.Accepted(sent, null, List.of(new Effect("message", sent, null)));
    }

    /** @return null when the server has it */
    private Outcome part(JsonNode message, JsonNode part, Recipient to, String channel, Progress progress) {
        ObjectNode body = part.path("body").isObject() ? part.path("body").deepCopy() : Json.object();
        if (part.has("file")) {
            if (progress.file == null) {
                var stored = files.store(part.path("file"));
                if (stored.outcome() != null) {
                    return stored.outcome();
                }
                progress.file = stored;
            }
            body.put("url", progress.file.url())
                    .put("secret", progress.file.secret())
                    .put("filename", part.path("file").path("name").asText());
        }
        var assigned = timeline.next(to, channel, message.path("time").asLong() / MICROS);
        if (assigned.later()) {
            return new Outcome.Retry(Duration.ofSeconds(1), "the time of the group is not known");
        }
        if (assigned.cause() != null) {
            return new Outcome.Refused(assigned.cause(), channel);
        }
        if (assigned.shifted() && !progress.shifted) {
            consent.take();
            progress.shifted = true;
        }
        ObjectNode call = Json.object().put("from", to.from()).put("target", to.id());
        call.put("type", part.path("type").asText()).set("body", body);
        call.set("ext", ext(message, part, assigned.time()));
        call.put("msg_timestamp", assigned.time());
        var answer = to.group()
                ? client.post(Endpoint.IMPORT_GROUPS, "/messages/chatgroups/import", call)
                : client.post(Endpoint.IMPORT_USERS, "/messages/users/import", call);
        return answered(answer, to, assigned.time(), progress);
    }

    private Outcome answered(AgoraAnswer answer, Recipient to, long time, Progress progress) {
        if (answer instanceof AgoraAnswer.Later later) {
            return new Outcome.Retry(later.after(), Causes.of(answer));
        }
        if (answer instanceof AgoraAnswer.Denied denied) {
            boolean large = denied.says("too large");
            return new Outcome.Refused(large ? "agora-too-large" : "agora-refused", Causes.of(denied));
        }
        timeline.used(to, time);
        var id = answer instanceof AgoraAnswer.Done done
                ? done.body().path("data").path("msg_id").asText("")
                : "";
        if (id.isEmpty()) {
            return new Outcome.Unknown();
        }
        progress.ids.add(id);
        progress.time = time;
        progress.file = null;
        return null;
    }

    /** Beside what the mapping made: the time it stands at, and what the root of its thread became. */
    private ObjectNode ext(JsonNode message, JsonNode part, long time) {
        ObjectNode ext = part.path("ext").deepCopy();
        var about = (ObjectNode) ext.path("caravan");
        about.put("at", time);
        if (message.has("thread") && about.has("thread")) {
            ids.ofMessage(
                            message.path("channel").asText(),
                            message.path("threadTime").asLong(),
                            message.path("thread").asText())
                    .map(SentMessage::of)
                    .ifPresent(root -> about.put("thread_msg_id", root.ids().get(0)));
        }
        return ext;
    }

    /** Half a message is none: what is there goes again, or stays in doubt, for a replay sends all of it. */
    private Outcome takenBack(Outcome refused, Recipient to, Progress progress) {
        var undo = new MessageUndo(client);
        // the last part first, so that what is left is a beginning
        for (int i = progress.ids.size() - 1; i >= 0; i--) {
            var recalled = undo.recall(to, progress.ids.get(i));
            if (recalled != MessageUndo.Recalled.YES && recalled != MessageUndo.Recalled.GONE) {
                return new Outcome.Unknown();
            }
        }
        return refused;
    }
}
