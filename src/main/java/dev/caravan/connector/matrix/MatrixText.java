package dev.caravan.connector.matrix;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.transform.text.Reference;
import dev.caravan.transform.text.References;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Canonical text for Matrix, and back. {@code body} is the CommonMark itself, its references links to matrix.to, so that it
 * can be read back byte for byte; {@code formatted_body} is HTML made of that.
 *
 * @see <a href="https://spec.matrix.org/v1.11/client-server-api/#mroommessage-msgtypes">Message types</a>
 */
final class MatrixText {

    private static final List<StrikethroughExtension> EXTENSIONS =
            List.of((StrikethroughExtension) StrikethroughExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer HTML = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .softbreak("<br />")
            .nodeRendererFactory(PictureLinks::new)
            .build();

    private MatrixText() {}

    /** @param links of the linked record */
    static String body(String canonicalText, JsonNode links, MatrixIds ids) {
        return References.redirect(canonicalText, reference -> {
            var name = name(reference, links);
            return name == null ? null : ids.matrixTo(reference.kind(), name);
        });
    }

    /** The way back from {@link #body}: references by names on the target. */
    static String canonical(String body, MatrixIds ids) {
        return References.recognise(body, ids::reference);
    }

    /** What {@link #canonical} of {@link #body} gives, without a homeserver's name. */
    static String comparable(String canonicalText, JsonNode links) {
        return References.redirect(canonicalText, reference -> {
            var name = name(reference, links);
            return name == null ? null : new Reference(reference.kind(), name).destination();
        });
    }

    private static String name(Reference reference, JsonNode links) {
        return switch (reference.kind()) {
            case USER -> links.path("users").path(reference.id()).textValue();
            case CHANNEL -> links.path("channels").path(reference.id()).textValue();
            case GROUP, MESSAGE -> null;
        };
    }

    static String html(String body) {
        return HTML.render(PARSER.parse(body)).strip();
    }

    /** Clients load no picture from elsewhere: it becomes a link to it. */
    private static final class PictureLinks implements NodeRenderer {

        private final HtmlNodeRendererContext context;

        PictureLinks(HtmlNodeRendererContext context) {
            this.context = context;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Image.class);
        }

        @Override
        public void render(Node node) {
            var attributes = new TreeMap<String, String>();
            attributes.put("href", context.urlSanitizer().sanitizeLinkUrl(((Image) node).getDestination()));
            var html = context.getWriter();
            html.tag("a", attributes);
            for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
                context.render(child);
            }
            html.tag("/a");
        }
    }
}
