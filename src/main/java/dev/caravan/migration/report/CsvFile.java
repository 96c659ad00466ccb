package dev.caravan.migration.report;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;

/**
 * A table for spreadsheets, written row by row: UTF-8 with a byte order mark, without which Excel takes it for another
 * encoding, and with an apostrophe before a cell that a spreadsheet would run as a formula.
 */
public final class CsvFile implements Closeable {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String FORMULA = "=+-@\t\r";

    private final SequenceWriter rows;

    CsvFile(Path file, String... header) {
        this(writer(file), header);
    }

    /** For somebody who downloads it: nothing of it is held. */
    public CsvFile(OutputStream out, String... header) {
        this(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), header);
    }

    private static Writer writer(Path file) {
        try {
            return Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CsvFile(Writer out, String... header) {
        try {
            out.write(BYTE_ORDER_MARK);
            rows = new CsvMapper()
                    .configure(CsvGenerator.Feature.ALWAYS_QUOTE_STRINGS, false)
                    .writer()
                    .writeValues(out);
            rows.write(header);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void row(Object... cells) {
        var texts = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            texts[i] = cells[i] == null
                    ? ""
                    : cells[i] instanceof Number ? cells[i].toString() : safe(cells[i].toString());
        }
        try {
            rows.write(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String safe(String cell) {
        return !cell.isEmpty() && FORMULA.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }

    @Override
    public void close() {
        try {
            rows.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
