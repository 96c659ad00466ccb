package dev.caravan.connector.agora;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;

/** Canonical text as people read it where nothing shows markup, and back. */
final class PlainText {

    private static final String REFERENCE = "caravan:";
    private static final String MARKUP = "\\`*_{}[]()#+-.!|~<>&=:";
    private static final Parser MARKDOWN = Parser.builder().build();
    private static final TextContentRenderer PLAIN = TextContentRenderer.builder()
            .lineBreakRendering(LineBreakRendering.SEPARATE_BLOCKS)
            .build();

    private PlainText() {}

    /** References are shown by their labels, which are the names people had. */
    static String of(String canonical) {
        var document = MARKDOWN.parse(canonical);
        if (canonical.contains(REFERENCE)) {
            document.accept(new LabelsOnly());
        }
        return PLAIN.render(document);
    }

    /** The canonical text that {@link #of} makes this text of. */
    static String canonical(String plain) {
        var out = new StringBuilder(plain.length() + 16);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            char before = i == 0 ? '\n' : plain.charAt(i - 1);
            char after = i + 1 == plain.length() ? '\n' : plain.charAt(i + 1);
            boolean edge = before == '\n' || after == '\n';
            if (edge && c <= ' ') {
                // as it stands it would be an indent, a hard break or the end of a paragraph
                out.append("&#").append((int) c).append(';');
            } else {
                out.append(MARKUP.indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
        return out.toString();
    }

    private static final class LabelsOnly extends AbstractVisitor {
        @Override
        public void visit(Link link) {
            visitChildren(link);
            if (link.getDestination().startsWith(REFERENCE)) {
                while (link.getFirstChild() != null) {
                    link.insertBefore(link.getFirstChild());
                }
                link.unlink();
            }
        }
    }
}
