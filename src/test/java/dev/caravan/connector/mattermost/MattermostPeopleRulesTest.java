package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Finding;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** One test for each {@link MattermostRule} about people, of its name. */
class MattermostPeopleRulesTest {

    @TempDir
    Path folder;

    private Town town;

    @BeforeEach
    void found() {
        town = new Town(folder);
    }

    @Test
    void userName() throws IOException {
        assertThat(user("{id: 'U1', name: 'Ann Other', displayName: 'Ann'}")
                        .path("username")
                        .asText())
                .isEqualTo("ann.other");
        assertThat(town.rules.get(Kind.USER)).contains(MattermostRule.USER_NAME.id());
    }

    @Test
    void emailInvented() throws IOException {
        assertThat(user("{id: 'U1', name: 'ann'}").path("email").asText()).isEqualTo("ann@example.org");
        assertThat(town.rules.get(Kind.USER)).contains(MattermostRule.EMAIL_INVENTED.id());

        town.sink.remove("emailDomain");
        assertThatThrownBy(() -> town.user("{id: 'U2', name: 'ben'}"))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("CRV-406");
    }

    @Test
    void emailTwice() throws IOException {
        town.user("{id: 'U1', name: 'ann', email: 'team@example.org'}")
                .user("{id: 'U2', name: 'ben', email: 'Team@example.org'}");

        assertThat(Town.lines(town.seal(), "user"))
                .extracting(user -> user.path("email").asText())
                .containsExactly("team@example.org", "ben@example.org");
        assertThat(town.ledger.findings)
                .containsExactly(new Finding(MattermostRule.EMAIL_TWICE.id(), "user", "ben", ""));
    }

    @Test
    void somebodyImportedKeepsTheAddress() throws IOException {
        town.user("{id: 'U2', name: 'ben', email: 'team@example.org'}");
        town.ledger.markImported();
        town.user("{id: 'U1', name: 'ann', email: 'team@example.org'}");

        assertThat(town.only("user").path("email").asText()).isEqualTo("ann@example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann",
                "ann@",
                "@example.org",
                "ann b@example.org",
                "ann@@example.org",
                "a..b@example.org",
                "<a@b.c>"
            })
    void anAddressTheServerRefusesIsReplaced(String address) throws IOException {
        assertThat(user("{id: 'U1', name: 'ann', email: '%s'}".formatted(address))
                        .path("email")
                        .asText())
                .isEqualTo("ann@example.org");
    }

    @Test
    void emailInvalid() throws IOException {
        var longest = "x".repeat(116) + "@example.org";
        town.user("{id: 'U1', name: 'ann', email: 'x%s'}".formatted(longest))
                .user("{id: 'U2', name: 'ben', email: '%s'}".formatted(longest));

        assertThat(Town.lines(town.seal(), "user"))
                .extracting(user -> user.path("email").asText())
                .containsExactly("ann@example.org", longest);
        assertThat(town.rules.get(Kind.USER)).containsOnlyOnce(MattermostRule.EMAIL_INVALID.id());
    }

    @Test
    void authDataTooLong() {
        town.sink.put("authService", "saml");
        var user = MattermostMappings.json(
                "{kind: 'user', id: 'U1', name: 'ann', email: 'a@example.org', links: {name: 'ann',"
                        + " authData: '%s'}}".formatted("x".repeat(129)));

        var mapped = town.mapped(Kind.USER, (ObjectNode) user);

        assertThat(mapped.at("/line/auth_data").asText()).isEqualTo("a@example.org");
        assertThat(mapped.path("rules").toString()).contains(MattermostRule.AUTH_DATA_TOO_LONG.id());
    }

    @Test
    void profileLeftOut() throws IOException {
        user("{id: 'U1', name: 'ann', timeZone: 'Asia/Shanghai', extras: {image: 'https://x/'}}");

        assertThat(town.rules.get(Kind.USER)).containsOnlyOnce(MattermostRule.PROFILE_LEFT_OUT.id());
    }

    @Test
    void localeLeftOut() throws IOException {
        assertThat(user("{id: 'U1', name: 'ann', locale: 'cy-GB'}").has("locale"))
                .isFalse();
        assertThat(town.rules.get(Kind.USER)).contains(MattermostRule.LOCALE_LEFT_OUT.id());
    }

    @Test
    void peopleMerged() throws IOException {
        town.user("{id: 'U1', name: 'ann', displayName: 'Old Ann', deleted: true, role: 'guest'}")
                .user("{id: 'U2', name: 'ann', displayName: 'Ann', role: 'member'}")
                .user("{id: 'U3', name: 'ann', displayName: 'Ann Admin', role: 'admin'}")
                .user("{id: 'U4', name: 'ann', bot: true}");
        var ann = town.only("user");

        assertThat(ann.path("nickname").asText()).isEqualTo("Ann");
        assertThat(ann.path("roles").asText()).isEqualTo("system_user");
        assertThat(ann.at("/teams/0/roles").asText()).isEqualTo("team_admin team_user");
        assertThat(ann.path("delete_at").asLong()).isZero();
        assertThat(town.ledger.findings)
                .containsExactly(new Finding(MattermostRule.PEOPLE_MERGED.id(), "user", "ann", "4 people"));
    }

    @Test
    void fieldCut() throws IOException {
        var user = user(
                "{id: 'U1', name: 'ann', displayName: '%s', title: '%s'}".formatted("🐪".repeat(70), "x".repeat(200)));

        assertThat(user.path("nickname").asText()).isEqualTo("🐪".repeat(64));
        assertThat(user.path("position").asText()).hasSize(128);
        assertThat(town.rules.get(Kind.USER)).contains(MattermostRule.FIELD_CUT.id());
    }

    @Test
    void guestRoles() throws IOException {
        town.user("{id: 'U1', name: 'gus', role: 'guest'}")
                .user("{id: 'U2', name: 'nowhere', role: 'guest'}")
                .channel("{id: 'C', type: 'public', name: 'square'}")
                .member("C", "U1", "member");
        var users = Town.lines(town.seal(), "user");

        assertThat(users.get(0).path("roles").asText()).isEqualTo("system_guest");
        assertThat(users.get(0).at("/teams/0/roles").asText()).isEqualTo("team_guest");
        assertThat(users.get(0).at("/teams/0/channels/0/roles").asText()).isEqualTo("channel_guest");
        assertThat(users.get(1).has("teams")).isFalse();
        assertThat(town.rules.get(Kind.USER)).contains(MattermostRule.GUEST_ROLES.id());
    }

    @Test
    void guestsBecomeUsersByPolicy() throws IOException {
        town.sink.put("guestPolicy", "user");

        assertThat(user("{id: 'U1', name: 'gus', role: 'guest'}").path("roles").asText())
                .isEqualTo("system_user");
    }

    @Test
    void ownersAdministerTheSystemOnlyWhenAsked() throws IOException {
        town.sink.put("adminRole", "system");

        assertThat(user("{id: 'U1', name: 'ann', role: 'owner'}").path("roles").asText())
                .isEqualTo("system_admin system_user");
    }

    @Test
    void peopleSignInByTheAuthService() throws IOException {
        town.sink.put("authService", "saml");
        var user = user("{id: 'U1', name: 'ann', email: 'a@example.org'}");

        assertThat(user.path("auth_service").asText()).isEqualTo("saml");
        assertThat(user.path("auth_data").asText()).isEqualTo("a@example.org");
    }

    @Test
    void botOwner() throws IOException {
        town.people("admin");
        var bot = town.user("{id: 'B', name: 'clock', bot: true, displayName: 'Clock'}")
                .only("bot");

        assertThat(bot.path("owner").asText()).isEqualTo("admin");
        assertThat(town.rules.get(Kind.USER)).contains(MattermostRule.BOT_OWNER.id());

        town.sink.remove("botOwner");
        assertThatThrownBy(() -> town.user("{id: 'B2', name: 'other', bot: true}"))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("CRV-405");
    }

    @Test
    void placeholderDeactivated() throws IOException {
        assertThat(user("{id: 'U1', name: 'u1', placeholder: true}")
                        .path("delete_at")
                        .asLong())
                .isPositive();
        assertThat(town.rules.get(Kind.USER)).contains(MattermostRule.PLACEHOLDER_DEACTIVATED.id());
    }

    private JsonNode user(String canonical) throws IOException {
        return town.user(canonical).only("user");
    }
}
