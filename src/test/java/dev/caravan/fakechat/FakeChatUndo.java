package dev.caravan.fakechat;

import dev.caravan.model.Effect;
import dev.caravan.model.Undone;
import dev.caravan.transport.http.Reply;

/** Takes back one effect, unless somebody changed it since or something leans on it. */
final class FakeChatUndo {

    private final FakeChatCalls calls;

    FakeChatUndo(FakeChatCalls calls) {
        this.calls = calls;
    }

    Undone undo(Effect effect, boolean dryRun) {
        var path = "/" + effect.what() + "/" + effect.target();
        var now = calls.ask("GET", path, null);
        if (status(now) != 200) {
            return ofStatus(effect, status(now));
        }
        var version = calls.tree(now).path("version");
        if (!version.isInt()) {
            return new Undone(effect, Undone.State.RETRY, "unreadable");
        }
        if (!version.asText().equals(effect.mark())) {
            return new Undone(effect, Undone.State.KEPT, "changed-since");
        }
        return ofStatus(effect, dryRun ? 200 : status(calls.ask("DELETE", path, null)));
    }

    private static Undone ofStatus(Effect effect, int status) {
        return switch (status) {
            case 200 -> new Undone(effect, Undone.State.REMOVED, null);
            case 404 -> new Undone(effect, Undone.State.GONE, null);
            case 403 -> new Undone(effect, Undone.State.KEPT, "forbidden");
            case 409 -> new Undone(effect, Undone.State.KEPT, "in-use");
            default -> new Undone(effect, Undone.State.RETRY, "not-now");
        };
    }

    /** 0 without an answer. */
    private static int status(Reply reply) {
        return reply instanceof Reply.Answer answer ? answer.status() : 0;
    }
}
