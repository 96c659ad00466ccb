package dev.caravan.transform.text;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Slack's notations, turned into the canonical text form. Never fails: what is not understood becomes the text it holds.
 *
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text">Formatting message text</a>
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Block Kit</a>
 */
public final class SlackMarkup {

    /** Canonical text of mrkdwn, the notation of a message's {@code text}; empty for null. */
    public String mrkdwn(String text) {
        if (text == null) {
            return "";
        }
        return PlainText.isPlain(text) ? text : Mrkdwn.toCanonical(text);
    }

    /** Canonical text of a message's {@code blocks}; empty where they hold none, or are no array. */
    public String blocks(JsonNode blocks) {
        return blocks == null || !blocks.isArray() || blocks.isEmpty() ? "" : BlockKit.toCanonical(blocks);
    }

    /**
     * Canonical text of an attachment: of its own blocks, or those of the messages it shows, if they yield any, else of its
     * {@code text}.
     */
    public String attachment(JsonNode attachment) {
        var shown = new Blocks().add(blocks(attachment.get("blocks")));
        if (shown.isEmpty()) {
            attachment.path("message_blocks").forEach(one -> shown.add(blocks(one.at("/message/blocks"))));
        }
        return shown.isEmpty() ? mrkdwn(attachment.path("text").textValue()) : shown.toString();
    }

    /** Canonical text of a message: of its blocks if they yield any, else of its {@code text}. */
    public String message(JsonNode slackMessage) {
        if (slackMessage == null) {
            return "";
        }
        String fromBlocks = blocks(slackMessage.get("blocks"));
        if (!fromBlocks.isBlank()) {
            return fromBlocks;
        }
        JsonNode text = slackMessage.get("text");
        return text == null || !text.isTextual() ? "" : mrkdwn(text.textValue());
    }
}
