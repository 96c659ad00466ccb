package dev.caravan.migration.report;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CsvFileTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1"})
    void noTextIsRunAsAFormula(String cell) {
        assertThat(CsvFile.safe(cell)).isEqualTo("'" + cell);
    }

    @Test
    void excelReadsChineseSeparatorsAndNumbers() throws Exception {
        var file = folder.resolve("table.csv");
        try (var csv = new CsvFile(file, "name", "count")) {
            csv.row("设计, \"kunst\"", -5);
            csv.row(null, 0);
        }

        assertThat(Files.readString(file)).isEqualTo("\uFEFFname,count\n\"设计, \"\"kunst\"\"\",-5\n,0\n");
    }
}
