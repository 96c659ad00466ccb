package dev.caravan.transform.mapping;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

import com.schibsted.spt.data.jslt.parser.JsltParser;
import com.schibsted.spt.data.jslt.parser.JsltParserTreeConstants;
import com.schibsted.spt.data.jslt.parser.ParseException;
import com.schibsted.spt.data.jslt.parser.SimpleNode;
import com.schibsted.spt.data.jslt.parser.TokenMgrError;

/** A template as a table of the fields that it makes, read with JSLT's own grammar. What its functions make is not in it. */
public final class TemplateFields {

    private final int[] lineStarts;
    private final String text;
    private final List<TemplateField> fields = new ArrayList<>();

    private TemplateFields(String text) {
        this.text = text;
        this.lineStarts = text.lines().mapToInt(String::length).toArray();
        int start = 0;
        for (int i = 0; i < lineStarts.length; i++) {
            int length = lineStarts[i];
            lineStarts[i] = start;
            start += length + (text.startsWith("\r\n", start + length) ? 2 : 1);
        }
    }

    /** In the order of the template; nothing for a text that is no template. */
    public static List<TemplateField> of(String template) {
        var found = new TemplateFields(template);
        try {
            // To the parser a tab is as wide as up to eight characters.
            found.collect("", new Tree(template.replace('\t', ' ')).root());
        } catch (ParseException | TokenMgrError noTemplate) {
            return List.of();
        }
        return List.copyOf(found.fields);
    }

    private static final class Tree extends JsltParser {
        Tree(String template) {
            super(new StringReader(template));
        }

        SimpleNode root() throws ParseException {
            Start();
            return (SimpleNode) jjtree.rootNode();
        }
    }

    private void collect(String path, SimpleNode node) {
        switch (node.getId()) {
            case JsltParserTreeConstants.JJTFUNCTIONDECL,
                    JsltParserTreeConstants.JJTLET,
                    JsltParserTreeConstants.JJTFUNCTIONCALL,
                    JsltParserTreeConstants.JJTIMPORT -> {}
            case JsltParserTreeConstants.JJTPAIR -> pair(path, node);
            case JsltParserTreeConstants.JJTARRAY -> children(path.isEmpty() ? path : path + "[]", node);
            default -> children(path, node);
        }
    }

    private void children(String path, SimpleNode node) {
        for (int i = 0; i < node.jjtGetNumChildren(); i++) {
            collect(path, (SimpleNode) node.jjtGetChild(i));
        }
    }

    /**
     * One that holds fields of its own stands for them. To the grammar a pair is its name, its
     * value, and the pair that follows.
     */
    private void pair(String path, SimpleNode pair) {
        var key = pair.jjtGetFirstToken().image;
        var name = key.startsWith("\"") && key.length() > 1 ? key.substring(1, key.length() - 1) : key;
        var own = path.isEmpty() ? name : path + "." + name;
        value(own, (SimpleNode) pair.jjtGetChild(1));
        for (int i = 2; i < pair.jjtGetNumChildren(); i++) {
            collect(path, (SimpleNode) pair.jjtGetChild(i));
        }
    }

    private void value(String path, SimpleNode expression) {
        int before = fields.size();
        children(path, expression);
        if (fields.size() == before) {
            var first = expression.jjtGetFirstToken();
            var last = expression.jjtGetLastToken();
            int from = offset(first.beginLine, first.beginColumn);
            int to = offset(last.endLine, last.endColumn) + 1;
            fields.add(new TemplateField(path, first.beginLine, from, to, text.substring(from, to)));
        }
    }

    private int offset(int line, int column) {
        return lineStarts[line - 1] + column - 1;
    }
}
