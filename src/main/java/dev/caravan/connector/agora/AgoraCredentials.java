package dev.caravan.connector.agora;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * The token of the app, renewed when half its life is over and when the server no longer takes it. For several threads.
 */
final class AgoraCredentials {

    /** A token and its life, in seconds. */
    record Issued(String token, long validFor) {}

    private final Supplier<Issued> issuer;
    private final Clock clock;
    private Issued issued;
    private long renewAt;

    /** @param issuer asks for, or builds, a new token */
    AgoraCredentials(Supplier<Issued> issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Of Agora and Shengwang: built here, nobody is asked. */
    static Supplier<Issued> built(String appId, String certificate, Clock clock) {
        var random = new SecureRandom();
        return () -> new Issued(
                new AgoraToken(
                                appId,
                                certificate,
                                clock.instant().getEpochSecond(),
                                AgoraToken.LONGEST,
                                random.nextInt())
                        .build(),
                AgoraToken.LONGEST);
    }

    synchronized String token() {
        long now = clock.instant().getEpochSecond();
        if (issued == null || now >= renewAt) {
            issued = issuer.get();
            renewAt = now + issued.validFor() / 2;
        }
        return issued.token();
    }

    /** The server did not take this token; a newer one that another thread has got meanwhile stays. */
    synchronized void reject(String token) {
        if (issued != null && issued.token().equals(token)) {
            issued = null;
        }
    }
}
