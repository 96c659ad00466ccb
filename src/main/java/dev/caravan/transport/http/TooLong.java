package dev.caravan.transport.http;

import java.io.IOException;

/** A reply had more bytes than were wanted; it was not read to its end. */
public final class TooLong extends IOException {

    TooLong(long maxBytes) {
        super("the reply is longer than " + maxBytes + " bytes");
    }
}
