package dev.caravan.console.access;

import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.migration.Settings;
import jakarta.enterprise.context.ApplicationScoped;

/** Who somebody is here whom an OpenID Connect provider vouches for. */
@ApplicationScoped
public class Guests {

    /** No user of ours has such a name, so that nobody is taken for somebody else in the history. */
    private static final String PREFIX = "oidc:";

    private static final int LONGEST_NAME = 128;
    private static final int CLAIMS = 1;

    private final Settings settings;
    private final ObjectMapper json;

    public Guests(Settings settings, ObjectMapper json) {
        this.settings = settings;
        this.json = json;
    }

    /**
     * @param idToken a signed token that was found valid
     * @return without roles where no group of theirs gives one
     */
    User of(String idToken) {
        var claims = claims(idToken);
        var name = Optional.of(claims.path(settings.oidc().nameClaim()).asText())
                .filter(text -> !text.isBlank())
                .orElseGet(() -> claims.path("sub").asText());
        var shown = PREFIX + name.replaceAll("\\p{Cntrl}", "");
        var groups = groups(claims);
        var roles = new TreeSet<String>();
        settings.oidc().roles().forEach((role, values) -> {
            if (values.stream().anyMatch(groups::contains)) {
                roles.add(role);
            }
        });
        return new User(
                shown.substring(0, Math.min(shown.length(), LONGEST_NAME)), Passwords.NOBODY, roles, User.Password.OWN);
    }

    private JsonNode claims(String idToken) {
        try {
            return json.readTree(Base64.getUrlDecoder().decode(idToken.split("\\.")[CLAIMS]));
        } catch (IOException notVerified) {
            throw new IllegalStateException("a token that was found valid is none", notVerified);
        }
    }

    private Set<String> groups(JsonNode claims) {
        var claim = claims;
        for (var name : settings.oidc().rolesClaim().split("/")) {
            claim = claim.path(name);
        }
        var groups = new HashSet<String>();
        if (claim.isTextual()) {
            groups.add(claim.asText());
        }
        claim.forEach(group -> groups.add(group.asText()));
        return groups;
    }
}
