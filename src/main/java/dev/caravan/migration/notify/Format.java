package dev.caravan.migration.notify;

import java.util.Locale;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * How a channel wants its text. What comes from outside is text everywhere: it neither mentions anybody nor becomes a link, a
 * picture or markup.
 */
enum Format {
    /** JSON of our own. */
    WEBHOOK(UnaryOperator.identity()),

    /**
     * Text and markdown know {@code <@userid>} and {@code <font>}:
     * <a href="https://developer.work.weixin.qq.com/document/path/91770">group robots</a>. Nothing is said about escaping, so
     * characters that look alike stand for those that mean something.
     */
    WECOM(text -> lookAlike(text, Format.MARKDOWN)),

    /** A subset of Markdown: <a href="https://open.dingtalk.com/document/robots/custom-robot-access">custom robots</a>. */
    DINGTALK(text -> lookAlike(text, Format.MARKDOWN)),

    /**
     * The text of a {@code post} is no markup; what mentions is a tag of its own:
     * <a href="https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot">custom bots</a>.
     */
    FEISHU(UnaryOperator.identity()),

    /** Three characters: <a href="https://api.slack.com/reference/surfaces/formatting#escaping">escaping text</a>. */
    SLACK(text -> text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")),

    /**
     * Markdown, in which {@code @all} and {@code <!channel>} mention:
     * <a href="https://developers.mattermost.com/integrate/webhooks/incoming/">incoming webhooks</a>.
     */
    MATTERMOST(text -> lookAlike(text, Format.MARKDOWN_THAT_MENTIONS).replace("_", "\\_"));

    private static final String MARKDOWN = "<>[]*`";
    private static final String MARKDOWN_THAT_MENTIONS = MARKDOWN + "@~";

    /** The full-width forms of ASCII stand that much further. */
    private static final int FULL_WIDTH = 0xFF00 - 0x20;

    private final UnaryOperator<String> markup;

    Format(UnaryOperator<String> markup) {
        this.markup = markup;
    }

    /** As in the names of settings and templates. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A value, for between the quotes of a JSON template. */
    String escape(String value) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(markup.apply(value)));
    }

    private static String lookAlike(String text, String meaningful) {
        var changed = new StringBuilder();
        text.chars()
                .map(one -> meaningful.indexOf(one) < 0 ? one : one + FULL_WIDTH)
                .forEach(one -> changed.append((char) one));
        return changed.toString();
    }
}
