package dev.caravan.connector.slack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

import dev.caravan.transport.DamagedEntryException;

/** Saves what can be read of a damaged entry. */
record Remains(int most) {

    byte[] of(InputStream in) throws IOException {
        var kept = new ByteArrayOutputStream();
        var chunk = new byte[1 << 13];
        try {
            for (int n = in.read(chunk); n >= 0 && kept.size() < most; n = in.read(chunk)) {
                kept.write(chunk, 0, Math.min(n, most - kept.size()));
            }
        } catch (DamagedEntryException e) {
            return kept.toByteArray();
        }
        return kept.toByteArray();
    }
}
