package dev.caravan.ledger;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A filter as the condition of a statement: only what is asked for stands in it, else no index would serve, and as
 * parameters, so that there are few different statements.
 */
final class LetterWhere {

    private final List<String> conditions = new ArrayList<>();
    private final List<Query.Bind> values = new ArrayList<>();

    LetterWhere(LetterFilter filter) {
        if (filter.cause() != null) {
            and("cause = ?", p -> p.text(filter.cause()));
        }
        if (filter.subject() != null) {
            and("subject = ?", p -> p.text(filter.subject()));
        }
        if (filter.stage() != null) {
            and("stage = ?", p -> p.text(filter.stage()));
        }
        if (filter.from() != null || filter.to() != null) {
            // What has no time is in no span of it.
            and("time >= ?", p -> p.number(filter.from() == null ? 1 : filter.from()));
            and("time < ?", p -> p.number(filter.to() == null ? Long.MAX_VALUE : filter.to()));
        }
        if (filter.kind() != null) {
            and("kind = ?", p -> p.number(Coded.ofKind(filter.kind())));
        }
        if (filter.state() != null) {
            and("state = ?", p -> p.code(filter.state()));
        }
        if (filter.conversation() != null) {
            and("conversation = ?", p -> p.text(filter.conversation()));
        }
    }

    private void and(String condition, Query.Bind value) {
        conditions.add(condition);
        values.add(value);
    }

    /** Never empty, so that more can be added with AND. */
    String sql() {
        return " WHERE " + (conditions.isEmpty() ? "1 = 1" : String.join(" AND ", conditions));
    }

    void bind(Params p) throws SQLException {
        for (var value : values) {
            value.to(p);
        }
    }
}
