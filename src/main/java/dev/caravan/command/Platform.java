package dev.caravan.command;

import dev.caravan.migration.Settings;

/** Tells Quarkus, before it starts, what it calls by other names. */
final class Platform {

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
            set(
                    "quarkus.oidc.authentication.scopes",
                    String.join(",", settings.oidc().scopes()));
        });
    }

    private static void set(String name, String value) {
        System.setProperty(name, value);
    }
}
