package dev.caravan.transport.http;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What came of a {@link Call}: exactly as much as is known. */
public sealed interface Reply {

    /** A whole answer of the server, whatever its status. Redirects are answers too: none is followed. */
    record Answer(int status, HttpHeaders headers, byte[] body) implements Reply {

        /**
         * How long the server asks us to wait: never negative, at most {@link RetryAfter#LONGEST}.
         *
         * @return empty when it says nothing, or nothing that can be understood
         */
        public Optional<Duration> retryAfter(Clock clock) {
            return RetryAfter.parse(headers, clock.instant()).map(RetryAfter::delay);
        }
    }

    /** Surely nothing of the request reached the server: refused, unknown host, no connection. */
    record NotSent(IOException why) implements Reply {}

    /** Sent, or perhaps sent, but no whole answer: timeout, reset, cut off, longer than allowed. */
    record Lost(IOException why) implements Reply {}
}
