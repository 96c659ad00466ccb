package dev.caravan.connector.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SlackTimesTest {

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"1700000000.000100\"; 1700000000000100",
                "\"1700000000\"; 1700000000000000",
                "\"1700000000.5\"; 1700000000500000",
                "\" 999999999.000001 \"; 999999999000001",
                "1700000000; 1700000000000000",
                "1700000000.0001; 1700000000000100",
                "1700000000123; 1700000000123000",
                "1700000000123456; 1700000000123456",
            })
    void timesInSecondsMillisecondsAndMicrosecondsAreRead(String time, long micros) throws Exception {
        assertThat(SlackTimes.micros(json(time))).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "{}",
                "\"\"",
                "\"soon\"",
                "0",
                "-1",
                "1e400",
                "1e-400",
                "\"1e999999999\"",
                "\"170000000a.000100\""
            })
    void whatIsNoTimeIsNone(String time) throws Exception {
        assertThat(SlackTimes.micros(json(time))).isEqualTo(SlackTimes.NONE);
        assertThat(SlackTimes.ts(json(time))).isNull();
    }

    @Test
    void aTsIsWrittenAsSlackWritesIt() throws Exception {
        assertThat(SlackTimes.ts(json("\"1700000000.000100\""))).isEqualTo("1700000000.000100");
        assertThat(SlackTimes.ts(json("1700000000.0001"))).isEqualTo("1700000000.000100");
        assertThat(SlackTimes.ts(null)).isNull();
    }
}
