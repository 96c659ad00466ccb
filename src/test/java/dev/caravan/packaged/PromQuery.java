package dev.caravan.packaged;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a PromQL expression asks for: the metrics, and of each the labels. Written for the language as Prometheus defines it, as far
 * as our own files use it; what it does not know it refuses.
 */
record PromQuery(List<Selector> selectors, Set<String> groupedBy) {

    /** @param labels with their matchers: {@code state -> ="failed"} */
    record Selector(String metric, Map<String, String> labels) {}

    private static final Pattern TOKEN = Pattern.compile("\\s+|([a-zA-Z_:][a-zA-Z0-9_:]*)|(\"[^\"]*\")|(\\[[^\\]]*])"
            + "|([0-9.]+)|(=~|!~|==|!=|>=|<=|[-+*/%^(){},<>=])");
    private static final Set<String> FUNCTIONS = Set.of(
            "sum",
            "avg",
            "min",
            "max",
            "count",
            "topk",
            "sort_desc",
            "rate",
            "increase",
            "delta",
            "time",
            "histogram_quantile");
    private static final Set<String> GROUPING = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool");

    static PromQuery parse(String expression) {
        return new Parser(tokens(expression)).parse();
    }

    private static List<String> tokens(String expression) {
        var tokens = new ArrayList<String>();
        var matcher = TOKEN.matcher(expression);
        int end = 0;
        while (matcher.find()) {
            if (matcher.start() != end) {
                throw new IllegalArgumentException("not PromQL at " + end + ": " + expression);
            }
            end = matcher.end();
            if (!matcher.group().isBlank()) {
                tokens.add(matcher.group());
            }
        }
        if (end != expression.length()) {
            throw new IllegalArgumentException("not PromQL at " + end + ": " + expression);
        }
        return tokens;
    }

    private static final class Parser {
        private final List<String> tokens;
        private final List<Selector> selectors = new ArrayList<>();
        private final Set<String> groupedBy = new HashSet<>();
        private int at;

        Parser(List<String> tokens) {
            this.tokens = tokens;
        }

        PromQuery parse() {
            int open = 0;
            while (at < tokens.size()) {
                var token = tokens.get(at++);
                open += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
                if (GROUPING.contains(token)) {
                    groupedBy.addAll(listed());
                } else if (Character.isLetter(token.charAt(0)) && !OPERATORS.contains(token)) {
                    name(token);
                }
            }
            if (open != 0) {
                throw new IllegalArgumentException("brackets do not match: " + tokens);
            }
            return new PromQuery(selectors, groupedBy);
        }

        private void name(String name) {
            var function = next("(") || GROUPING.contains(at < tokens.size() ? tokens.get(at) : "");
            if (!function) {
                selectors.add(new Selector(name, next("{") ? matchers() : Map.of()));
            } else if (!FUNCTIONS.contains(name)) {
                throw new IllegalArgumentException("no function of PromQL that is known here: " + name);
            }
        }

        private boolean next(String token) {
            return at < tokens.size() && tokens.get(at).equals(token);
        }

        private List<String> listed() {
            var labels = new ArrayList<String>();
            for (at++; !next(")"); at++) {
                if (!next(",")) {
                    labels.add(tokens.get(at));
                }
            }
            at++;
            return labels;
        }

        private Map<String, String> matchers() {
            var labels = new TreeMap<String, String>();
            for (at++; !next("}"); ) {
                labels.put(tokens.get(at), tokens.get(at + 1) + tokens.get(at + 2));
                at += 3;
                if (next(",")) {
                    at++;
                }
            }
            at++;
            return labels;
        }
    }
}
