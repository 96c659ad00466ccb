package dev.caravan.command;

import java.security.SecureRandom;
import java.util.HexFormat;

import dev.caravan.migration.Settings;

/** Tells Quarkus, before it starts, what it calls by other names. */
final class Platform {

    private static final int SECRET_BYTES = 16;

    private Platform() {}

    static void tell(Settings settings) {
        set("quarkus.log.console.json.enabled", Boolean.toString(settings.log().json()));
        settings.tracing().endpoint().ifPresent(endpoint -> {
            set("quarkus.otel.sdk.disabled", "false");
            set("quarkus.otel.exporter.otlp.endpoint", endpoint);
        });
        settings.oidc().url().ifPresent(url -> {
            set("quarkus.oidc.tenant-enabled", "true");
            set("quarkus.oidc.auth-server-url", url);
            set("quarkus.oidc.client-id", settings.oidc().clientId());
            settings.oidc().clientSecret().ifPresent(secret -> set("quarkus.oidc.credentials.secret", secret));
            // What its cookies hold serves for the seconds of a sign-in; another start need not read it.
            set("quarkus.oidc.authentication.state-secret", random());
            set("quarkus.oidc.token-state-manager.encryption-secret", random());
            set(
                    "quarkus.oidc.authentication.scopes",
                    String.join(",", settings.oidc().scopes()));
        });
    }

    private static String random() {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void set(String name, String value) {
        System.setProperty(name, value);
    }
}
