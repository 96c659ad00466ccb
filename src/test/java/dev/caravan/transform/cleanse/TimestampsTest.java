package dev.caravan.transform.cleanse;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimestampsTest {

    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
    private static final long YEAR_1990 = 631_152_000_000_000L;
    private static final long YEAR_2100 = 4_102_444_800_000_000L;

    @Property
    void everyUnitOfEveryTimeSince1990IsTheSameTime(@ForAll @LongRange(min = YEAR_1990, max = YEAR_2100) long micros) {
        var second = micros / 1_000_000;
        assertThat(Timestamps.micros(MAKE.numberNode(second))).hasValue(second * 1_000_000);
        assertThat(Timestamps.micros(MAKE.numberNode(micros / 1_000))).hasValue(micros / 1_000 * 1_000);
        assertThat(Timestamps.micros(MAKE.numberNode(micros))).hasValue(micros);
        assertThat(Timestamps.micros(MAKE.numberNode(BigInteger.valueOf(micros).multiply(BigInteger.valueOf(1_000)))))
                .hasValue(micros);
        assertThat(Timestamps.micros(MAKE.textNode(Timestamps.seconds(micros)))).hasValue(micros);
        assertThat(Timestamps.micros(MAKE.textNode(
                        Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString())))
                .hasValue(micros);
    }

    /** A ts that went through a double, as in JSON that lost its quotation marks. */
    @Property
    void aDoubleOfSecondsKeepsItsMicroseconds(
            @ForAll @LongRange(min = YEAR_1990, max = 2_000_000_000_000_000L) long micros) {
        assertThat(Timestamps.micros(MAKE.numberNode(Double.parseDouble(Timestamps.seconds(micros)))))
                .hasValue(micros);
    }

    @Test
    void shouldNotReadWhatIsNoTime() {
        var odd = List.<JsonNode>of(
                MAKE.textNode("1e999999999"),
                MAKE.textNode("1".repeat(41)),
                MAKE.textNode("2020-13-01T00:00:00Z"),
                MAKE.textNode("."),
                MAKE.textNode("-"),
                MAKE.textNode("12:30"),
                MAKE.numberNode(Double.NaN),
                MAKE.numberNode(Double.POSITIVE_INFINITY),
                MAKE.numberNode(new BigDecimal("1e999999999")),
                MAKE.numberNode(BigInteger.TEN.pow(30)),
                MAKE.booleanNode(true),
                MAKE.nullNode(),
                MAKE.arrayNode());
        assertThat(odd).allSatisfy(node -> assertThat(Timestamps.micros(node)).isEmpty());
    }
}
