package dev.caravan.fakechat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Bearer tokens and the end of each. They are held in memory only: a new process knows none. */
final class FakeTokens {

    private final FakeSettings settings;
    private final Map<String, Long> ends = new ConcurrentHashMap<>();
    private final AtomicLong issued = new AtomicLong();
    private final String process = Long.toString(ProcessHandle.current().pid());

    FakeTokens(FakeSettings settings) {
        this.settings = settings;
    }

    boolean wanted() {
        return !settings.secret().isEmpty();
    }

    /** A new token, or null for the wrong secret. */
    String issue(String secret) {
        if (wanted() && !settings.secret().equals(secret)) {
            return null;
        }
        var token = "token-" + process + "-" + issued.incrementAndGet();
        ends.put(token, System.nanoTime() + (long) (settings.tokenSeconds() * 1e9));
        return token;
    }

    boolean valid(String token) {
        var end = ends.get(token);
        return !wanted() || end != null && System.nanoTime() < end;
    }

    void expire() {
        ends.clear();
    }
}
