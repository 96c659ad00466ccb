package dev.caravan.transform.text;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** A {@code rich_text} block: sections, lists, quotes and preformatted text made of styled elements. */
final class RichText {
    private final Blocks out;
    private final List<String> items = new ArrayList<>();
    /** The column at which a list of each depth begins. */
    private final List<Integer> columns = new ArrayList<>();

    private RichText(Blocks out) {
        this.out = out;
    }

    static void append(Blocks out, JsonNode block) {
        RichText richText = new RichText(out);
        for (JsonNode element : block.path("elements")) {
            richText.element(element);
        }
        richText.flushList();
    }

    private void element(JsonNode element) {
        String type = element.path("type").asText();
        if (type.equals("rich_text_list")) {
            list(element);
            return;
        }
        flushList();
        switch (type) {
            case "rich_text_quote" -> out.quote(inlines(element).render());
            case "rich_text_preformatted" -> out.fence(plain(element), language(element));
            default -> out.add(inlines(element).render());
        }
    }

    /** Slack writes each run of items of one depth as a list of its own; depth comes as {@code indent}. */
    private void list(JsonNode list) {
        int depth = Math.min(Math.max(list.path("indent").asInt(), 0), columns.size());
        while (columns.size() > depth) {
            columns.remove(columns.size() - 1);
        }
        int column = depth == 0 ? 0 : columns.get(depth - 1);
        boolean ordered = list.path("style").asText().equals("ordered");
        long number = Math.max(list.path("offset").asLong(), 0) + 1;
        String marker = "-";
        for (JsonNode item : list.path("elements")) {
            marker = ordered ? number++ + "." : "-";
            items.add(Blocks.item(" ".repeat(column), marker, inlines(item).render()));
        }
        columns.add(column + marker.length() + 1);
    }

    private void flushList() {
        if (!items.isEmpty()) {
            out.add(String.join("\n", items));
            items.clear();
        }
        columns.clear();
    }

    private static Inlines inlines(JsonNode section) {
        Inlines inlines = new Inlines();
        if (section.path("elements").isArray()) {
            section.get("elements").forEach(child -> inline(inlines, child));
        } else {
            inline(inlines, section);
        }
        return inlines;
    }

    /** Appends one element of a section. */
    static void inline(Inlines out, JsonNode element) {
        int style = style(element.path("style"));
        switch (element.path("type").asText()) {
            case "text" -> text(out, element, style);
            case "link" -> link(out, element, style);
            case "user" -> SlackReferences.user(out, id(element, "user_id"), "", style);
            case "channel" -> SlackReferences.channel(out, id(element, "channel_id"), "", style);
            case "usergroup" -> SlackReferences.group(out, id(element, "usergroup_id"), "", style);
            case "broadcast" -> SlackReferences.group(out, id(element, "range"), "", style);
            case "emoji" -> out.text(emoji(element), style);
            case "date" -> date(out, element, style);
            default -> unknown(out, element, style);
        }
    }

    private static void text(Inlines out, JsonNode element, int style) {
        String text = element.path("text").asText().replace("\r\n", "\n").replace('\r', '\n');
        if (element.path("style").path("code").asBoolean()) {
            out.code(text, style);
        } else {
            out.text(text, style);
        }
    }

    private static void link(Inlines out, JsonNode element, int style) {
        String url = element.path("url").asText();
        String label = element.path("text").asText();
        if (element.path("style").path("code").asBoolean() && !label.isBlank() && label.equals(url)) {
            out.code(label, style);
        } else {
            SlackReferences.link(out, url, label, style);
        }
    }

    private static void date(Inlines out, JsonNode element, int style) {
        String fallback =
                element.path("fallback").asText(element.path("timestamp").asText());
        String url = element.path("url").asText();
        if (url.isBlank()) {
            out.text(fallback, style);
        } else {
            SlackReferences.link(out, url, fallback, style);
        }
    }

    private static void unknown(Inlines out, JsonNode element, int style) {
        JsonNode children = element.path("elements");
        if (children.isArray()) {
            children.forEach(child -> inline(out, child));
            return;
        }
        for (String field : new String[] {"text", "fallback", "value", "name", "url"}) {
            if (element.path(field).isTextual()) {
                out.text(element.get(field).textValue(), style);
                return;
            }
        }
    }

    private static String emoji(JsonNode element) {
        String name = element.path("name").asText();
        int tone = element.path("skin_tone").asInt();
        boolean toned = tone >= 2 && tone <= 6 && !name.contains("::");
        return name.isEmpty() ? "" : ":" + name + (toned ? "::skin-tone-" + tone + ":" : ":");
    }

    private static String id(JsonNode element, String field) {
        String id = element.path(field).asText();
        return id.isEmpty() ? "unknown" : id;
    }

    private static int style(JsonNode style) {
        return (style.path("bold").asBoolean() ? Inlines.BOLD : 0)
                | (style.path("italic").asBoolean() ? Inlines.ITALIC : 0)
                | (style.path("strike").asBoolean() ? Inlines.STRIKE : 0);
    }

    private static String plain(JsonNode preformatted) {
        StringBuilder code = new StringBuilder();
        for (JsonNode element : preformatted.path("elements")) {
            String text = element.path("text").asText();
            code.append(
                    switch (element.path("type").asText()) {
                        case "link" -> text.isEmpty()
                                ? SlackPermalinks.withoutToken(
                                        element.path("url").asText())
                                : text;
                        case "user" -> "@" + id(element, "user_id");
                        case "channel" -> "#" + id(element, "channel_id");
                        case "usergroup" -> "@" + id(element, "usergroup_id");
                        case "broadcast" -> "@" + id(element, "range");
                        case "emoji" -> emoji(element);
                        default -> text.isEmpty() ? element.path("fallback").asText() : text;
                    });
        }
        String text = code.toString().replace("\r\n", "\n").replace('\r', '\n');
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private static String language(JsonNode preformatted) {
        String language = preformatted.path("language").asText();
        for (int i = 0; i < language.length(); i++) {
            char c = language.charAt(i);
            if (c >= 128 || !Character.isLetterOrDigit(c) && "+#-_".indexOf(c) < 0) {
                return "";
            }
        }
        return language;
    }
}
