package dev.caravan.transform.text;

import com.fasterxml.jackson.databind.JsonNode;

/** Slack's layout blocks. A kind not named here yields the text found in it, in order. */
final class BlockKit {
    private static final String[] TEXT_FIELDS = {
        "title", "label", "text", "description", "elements", "fields", "rows", "fallback", "alt_text"
    };

    private static final String[] ONLY_TEXT = {"rich_text", "rich_text_section", "text"};

    private BlockKit() {}

    static String toCanonical(JsonNode blocks) {
        String only = onlyPlainText(blocks);
        if (only != null) {
            return only;
        }
        Blocks out = new Blocks();
        for (JsonNode block : blocks) {
            append(out, block);
        }
        return out.toString();
    }

    /** The text of the most frequent message of all, one unstyled run, if it is its own canonical form; else null. */
    private static String onlyPlainText(JsonNode blocks) {
        JsonNode node = blocks;
        for (String type : ONLY_TEXT) {
            node = node == null || node.size() != 1 ? null : node.get(0);
            if (node == null || !type.equals(node.path("type").textValue())) {
                return null;
            }
            node = type.equals("text") ? node : node.get("elements");
        }
        String text = node.has("style") ? null : node.path("text").textValue();
        return text != null && PlainText.isPlain(text) ? text.strip() : null;
    }

    private static void append(Blocks out, JsonNode block) {
        switch (block.path("type").asText()) {
            case "rich_text" -> RichText.append(out, block);
            case "section" -> section(out, block);
            case "header" -> out.add(heading(inline(block.path("text"))));
            case "context" -> out.add(joined(block.path("elements")));
            case "divider" -> out.add("---");
            case "image" -> out.add(image(block));
            case "markdown" -> out.add(block.path("text").asText().strip());
            case "video" -> video(out, block);
            default -> fallback(out, block);
        }
    }

    private static void section(Blocks out, JsonNode block) {
        out.add(text(block.path("text")));
        for (JsonNode field : block.path("fields")) {
            out.add(text(field));
        }
        JsonNode accessory = block.path("accessory");
        if (accessory.path("type").asText().equals("image")) {
            out.add(plainText(accessory.path("alt_text").asText()));
        }
    }

    private static String heading(String inline) {
        String line = inline.replace('\n', ' ');
        if (line.isBlank()) {
            return "";
        }
        boolean closesHeading = line.endsWith("#") && !line.endsWith("\\#");
        return "### " + (closesHeading ? line.substring(0, line.length() - 1) + "\\#" : line);
    }

    private static String joined(JsonNode elements) {
        StringBuilder line = new StringBuilder();
        for (JsonNode element : elements) {
            String part = element.path("type").asText().equals("image") ? image(element) : inline(element);
            if (!part.isBlank()) {
                line.append(line.length() == 0 ? "" : " ").append(part);
            }
        }
        return line.toString();
    }

    private static String image(JsonNode image) {
        JsonNode file = image.path("slack_file");
        String url = SlackPermalinks.withoutToken(
                image.path("image_url").asText(file.path("url").asText()));
        String title = textOf(image.path("title"));
        String label = title.isBlank() ? image.path("alt_text").asText() : title;
        return url.isBlank() ? plainText(label) : "!" + CanonicalLinks.markup(url, label);
    }

    private static void video(Blocks out, JsonNode video) {
        String title = textOf(video.path("title"));
        String url = video.path("title_url").asText(video.path("video_url").asText());
        Inlines line = new Inlines();
        SlackReferences.link(line, url, title, 0);
        out.add(line.render()).add(text(video.path("description")));
    }

    private static void fallback(Blocks out, JsonNode node) {
        if (node.isArray()) {
            node.forEach(child -> fallback(out, child));
        } else if (node.isTextual()) {
            out.add(plainText(node.textValue()));
        } else if (node.path("type").asText().startsWith("rich_text")) {
            append(out, node);
        } else if (isTextObject(node)) {
            out.add(text(node));
        } else if (node.isObject()) {
            for (String field : TEXT_FIELDS) {
                fallback(out, node.path(field));
            }
        }
    }

    private static boolean isTextObject(JsonNode node) {
        String type = node.path("type").asText();
        return (type.equals("mrkdwn") || type.equals("plain_text"))
                && node.path("text").isTextual();
    }

    /** A text object as blocks of its own. */
    private static String text(JsonNode object) {
        String text = textOf(object);
        if (object.path("type").asText().equals("plain_text")) {
            return plainText(text);
        }
        return PlainText.isPlain(text) ? text : Mrkdwn.toCanonical(text);
    }

    /** A text object as part of a line. */
    private static String inline(JsonNode object) {
        Inlines line = new Inlines();
        if (object.path("type").asText().equals("mrkdwn")) {
            Mrkdwn.inline(line, textOf(object));
        } else {
            line.text(SlackEntities.decode(textOf(object)), 0);
        }
        return line.render();
    }

    private static String plainText(String text) {
        return new Inlines()
                .text(SlackEntities.decode(text).replace('\r', '\n'), 0)
                .render();
    }

    private static String textOf(JsonNode object) {
        return object.isTextual() ? object.textValue() : object.path("text").asText();
    }
}
