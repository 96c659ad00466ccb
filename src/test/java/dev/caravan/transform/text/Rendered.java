package dev.caravan.transform.text;

import java.util.List;

import org.commonmark.Extension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** What a reader of canonical text sees, by an independent CommonMark implementation. */
final class Rendered {
    private static final Extension STRIKETHROUGH =
            StrikethroughExtension.builder().requireTwoTildes(true).build();

    private Rendered() {}

    static Node parse(String canonical) {
        return Parser.builder().extensions(List.of(STRIKETHROUGH)).build().parse(canonical);
    }

    static String html(String canonical) {
        return HtmlRenderer.builder()
                .extensions(List.of(STRIKETHROUGH))
                .softbreak("<br>")
                .build()
                .render(parse(canonical))
                .strip();
    }

    /** The characters shown, without any styling. */
    static String text(String canonical) {
        StringBuilder shown = new StringBuilder();
        parse(canonical).accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                shown.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                shown.append(code.getLiteral());
            }

            @Override
            public void visit(FencedCodeBlock block) {
                shown.append(block.getLiteral());
            }
        });
        return shown.toString();
    }

    static String letters(String text) {
        return keep(text, true);
    }

    static String withoutSpace(String text) {
        return keep(text, false);
    }

    private static String keep(String text, boolean lettersOnly) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .filter(c -> lettersOnly
                        ? Character.isLetterOrDigit(c)
                        : c > ' ' && !Character.isSpaceChar(c) && c != 127 && c != '\uFFFD')
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
