package dev.caravan.transport;

import java.io.IOException;

/** An entry whose bytes are not what the archive promised: wrong checksum, wrong length, or not unpackable. */
public class DamagedEntryException extends IOException {
    public DamagedEntryException(String entry, String what) {
        super(entry + ": " + what);
    }
}
