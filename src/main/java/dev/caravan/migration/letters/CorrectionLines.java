package dev.caravan.migration.letters;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.caravan.model.Problem;

/** Corrections as JSON lines. */
public final class CorrectionLines {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader LINE =
            JSON.readerFor(Correction.class).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private CorrectionLines() {}

    public static void write(Correction correction, OutputStream out) {
        try {
            out.write(JSON.writeValueAsBytes(correction));
            out.write('\n');
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Each throws CRV-648 when it is asked for and is no correction. */
    public static Iterator<Supplier<Correction>> read(BufferedReader text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .<Supplier<Correction>>map(line -> () -> correction(line))
                .iterator();
    }

    private static Correction correction(String line) {
        try {
            return LINE.readValue(line);
        } catch (JsonProcessingException other) {
            throw new Problem(other, "CRV-648");
        }
    }
}
