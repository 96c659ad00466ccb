package dev.caravan.connector.jdbc;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** What a column holds, as far as writing, reading and comparing its values goes. Times are UTC. */
enum Form {
    TEXT,
    JSON,
    WHOLE,
    DECIMAL,
    REAL,
    FLAG,
    /** Without a zone. */
    TIME,
    /** With a zone. */
    INSTANT,
    DAY,
    BYTES,
    /** The database's own type that takes text: uuid, enumerations. */
    OWN;

    private static final ObjectMapper SORTED =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
    private static final DateTimeFormatter TIME_TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");
    private static final long MICROS = 1_000_000;

    /** @param type of {@link Types} */
    static Form of(int type, String typeName) {
        var name = typeName.toLowerCase(Locale.ROOT);
        if (name.startsWith("json")) {
            return JSON;
        }
        if (name.startsWith("bool")) {
            return FLAG;
        }
        if (name.startsWith("timestamptz") || name.contains("with time zone")) {
            return INSTANT;
        }
        if (name.startsWith("timestamp") || name.startsWith("datetime")) {
            return TIME;
        }
        return switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> WHOLE;
            case Types.DECIMAL, Types.NUMERIC -> DECIMAL;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> REAL;
            case Types.BIT, Types.BOOLEAN -> FLAG;
            case Types.TIMESTAMP -> TIME;
            case Types.TIMESTAMP_WITH_TIMEZONE -> INSTANT;
            case Types.DATE -> DAY;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BYTES;
            case Types.OTHER, Types.DISTINCT, Types.STRUCT -> OWN;
            default -> TEXT;
        };
    }

    /**
     * What a mapping answered, as this column takes it; null for nothing.
     *
     * @throws IllegalArgumentException when it cannot take it
     */
    Object of(JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        try {
            return switch (this) {
                case TEXT, OWN -> value.isValueNode() ? value.asText() : value.toString();
                case JSON -> normal(value);
                case WHOLE -> value.isBoolean()
                        ? (Object) (value.asBoolean() ? 1L : 0L)
                        : (Object) number(value).longValueExact();
                case DECIMAL -> number(value);
                case REAL -> number(value).doubleValue();
                case FLAG -> flag(value);
                case TIME -> LocalDateTime.ofInstant(instant(value), ZoneOffset.UTC);
                case INSTANT -> instant(value).atOffset(ZoneOffset.UTC);
                case DAY -> day(value);
                case BYTES -> Base64.getDecoder().decode(value.asText());
            };
        } catch (ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static BigDecimal number(JsonNode value) {
        return value.isNumber()
                ? value.decimalValue()
                : new BigDecimal(value.asText().strip());
    }

    private static boolean flag(JsonNode value) {
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        return switch (value.asText()) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    /** From us since 1970, or ISO 8601 with a zone. */
    private static Instant instant(JsonNode value) {
        return value.isNumber()
                ? ofMicros(number(value).longValueExact())
                : OffsetDateTime.parse(value.asText()).toInstant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Also as {@link #tree} tells it. */
    private static LocalDate day(JsonNode value) {
        return value.isTextual() && value.asText().indexOf('T') < 0
                ? LocalDate.parse(value.asText())
                : LocalDate.ofInstant(instant(value), ZoneOffset.UTC);
    }

    private static Instant ofMicros(long us) {
        return Instant.ofEpochSecond(Math.floorDiv(us, MICROS), Math.floorMod(us, MICROS) * 1000);
    }

    private static long micros(Instant at) {
        return at.getEpochSecond() * MICROS + at.getNano() / 1000;
    }

    private static String normal(JsonNode value) {
        try {
            return SORTED.writeValueAsString(SORTED.treeToValue(value, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** @param value of {@link #of(JsonNode)} */
    void bind(Dialect dialect, PreparedStatement statement, int index, Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, type());
            return;
        }
        switch (this) {
            case TEXT -> statement.setString(index, (String) value);
            case JSON, OWN -> statement.setObject(index, value, type());
            case WHOLE -> statement.setLong(index, (Long) value);
            case DECIMAL -> statement.setBigDecimal(index, (BigDecimal) value);
            case REAL -> statement.setDouble(index, (Double) value);
            case FLAG -> statement.setBoolean(index, (Boolean) value);
            case BYTES -> statement.setBytes(index, (byte[]) value);
            case TIME, INSTANT, DAY -> {
                if (dialect.timesAreText()) {
                    statement.setString(index, timeText(value));
                } else {
                    statement.setObject(index, value);
                }
            }
        }
    }

    private int type() {
        return switch (this) {
            case TEXT -> Types.VARCHAR;
            case JSON, OWN -> Types.OTHER;
            case WHOLE -> Types.BIGINT;
            case DECIMAL -> Types.NUMERIC;
            case REAL -> Types.DOUBLE;
            case FLAG -> Types.BOOLEAN;
            case TIME -> Types.TIMESTAMP;
            case INSTANT -> Types.TIMESTAMP_WITH_TIMEZONE;
            case DAY -> Types.DATE;
            case BYTES -> Types.VARBINARY;
        };
    }

    private static String timeText(Object value) {
        if (value instanceof OffsetDateTime instant) {
            return TIME_TEXT.format(instant) + "Z";
        }
        return value instanceof LocalDateTime time ? TIME_TEXT.format(time) : value.toString();
    }

    /** The value of a row, in the form of {@link #of(JsonNode)}; null for none. */
    Object read(Dialect dialect, ResultSet row, String column) throws SQLException {
        Object value =
                switch (this) {
                    case TEXT, OWN -> row.getString(column);
                    case JSON -> json(row.getString(column));
                    case WHOLE -> row.getLong(column);
                    case DECIMAL -> row.getBigDecimal(column);
                    case REAL -> row.getDouble(column);
                    case FLAG -> row.getBoolean(column);
                    case BYTES -> row.getBytes(column);
                    case TIME, INSTANT, DAY -> dialect.timesAreText()
                            ? timeOf(row.getString(column))
                            : row.getObject(column, javaTime());
                };
        return row.wasNull() ? null : value;
    }

    private Class<?> javaTime() {
        return this == TIME ? LocalDateTime.class : this == INSTANT ? OffsetDateTime.class : LocalDate.class;
    }

    private Object timeOf(String text) {
        if (text == null) {
            return null;
        }
        return switch (this) {
            case INSTANT -> OffsetDateTime.parse(text.replace(' ', 'T'));
            case DAY -> LocalDate.parse(text);
            default -> LocalDateTime.parse(text.replace(' ', 'T'));
        };
    }

    private static String json(String text) {
        try {
            return text == null ? null : normal(SORTED.readTree(text));
        } catch (JsonProcessingException notJson) {
            return text;
        }
    }

    /** A value of this column for a mapping from the database; times as us since 1970. */
    JsonNode tree(Object value) {
        return switch (this) {
            case JSON -> parsed((String) value);
            case TIME -> SORTED.valueToTree(micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC)));
            case INSTANT -> SORTED.valueToTree(micros(((OffsetDateTime) value).toInstant()));
            case DAY -> SORTED.valueToTree(value.toString());
            default -> SORTED.valueToTree(value);
        };
    }

    private static JsonNode parsed(String text) {
        try {
            return SORTED.readTree(text);
        } catch (JsonProcessingException notJson) {
            return SORTED.valueToTree(text);
        }
    }

    /** The same text for equal values, whatever way they took. */
    String comparable(Object value) {
        return switch (this) {
            case DECIMAL -> {
                var number = ((BigDecimal) value).stripTrailingZeros();
                yield number.toPlainString();
            }
            case TIME -> Long.toString(micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC)));
            case INSTANT -> Long.toString(micros(((OffsetDateTime) value).toInstant()));
            case BYTES -> Base64.getEncoder().encodeToString((byte[]) value);
            default -> value.toString();
        };
    }
}
