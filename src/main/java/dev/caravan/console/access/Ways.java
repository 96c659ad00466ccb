package dev.caravan.console.access;

import dev.caravan.migration.Settings;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** How people may sign in, as the settings have it. */
@ApplicationScoped
public class Ways {

    private final Settings settings;

    public Ways(Settings settings) {
        this.settings = settings;
    }

    /** By name and password of this service. */
    public boolean local() {
        return settings.console().localUsers();
    }

    /** By an OpenID Connect provider. */
    public boolean oidc() {
        return settings.oidc().url().isPresent();
    }

    /** @throws Problem CRV-704 for a role there is not, CRV-705 when nobody could sign in */
    void check() {
        var roles = settings.oidc().roles();
        roles.keySet().stream()
                .filter(role -> !Roles.ALL.contains(role))
                .findFirst()
                .ifPresent(role -> {
                    throw new Problem(
                            "CRV-704",
                            "caravan.oidc.roles." + role,
                            String.join(", ", new java.util.TreeSet<>(Roles.ALL)));
                });
        if (!local() && (!oidc() || roles.isEmpty())) {
            throw new Problem("CRV-705");
        }
    }
}
