package dev.caravan.migration.report;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ShownSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h:5432/db?user=u&password=hush&ssl=true, jdbc:postgresql://h:5432/db?user=u&password=***&ssl=true",
        "jdbc:sqlserver://h;user=u;Password=hush, jdbc:sqlserver://h;user=u;Password=***",
        "https://u:hush@h/path, https://u:***@h/path",
        "http://127.0.0.1:8008, http://127.0.0.1:8008",
        "/exports/a@b:c, /exports/a@b:c"
    })
    void anAddressIsShownWithoutThePasswordInIt(String address, String shown) {
        assertThat(ShownSettings.withoutPassword(address)).isEqualTo(shown);
    }
}
