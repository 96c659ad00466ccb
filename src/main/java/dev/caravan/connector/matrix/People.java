package dev.caravan.connector.matrix;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Outcome;
import dev.caravan.model.Problem;

/** Makes accounts and their profiles. Doing it twice leaves one. */
final class People {

    /** Field of a profile that tells what Matrix has no field for. */
    static final String PROFILE = "dev.caravan";

    private final MatrixClient client;
    private final Index index;

    People(MatrixClient client, Index index) {
        this.client = client;
        this.index = index;
    }

    Outcome deliver(JsonNode person) throws MatrixFailure {
        var user = person.path("user").asText();
        boolean theirs = person.path("mapped").asBoolean() || !index.isOurs(user) && exists(user);
        if (theirs) {
            // It is written as, and its profile is left alone.
            client.get("/profile/" + MatrixIds.encoded(user), null);
        }
        // Written before the account is made: one that is there without it is somebody else's.
        index.add(
                Index.USER,
                user,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("bot", person.path("profile").path("bot").asBoolean())
                        .put(Index.OURS, !theirs));
        if (theirs) {
            return new Outcome.Accepted(user, null);
        }
        register(user);
        profile(user, person);
        return new Outcome.Accepted(
                user,
                null,
                List.of(Effects.user(user, person.path("displayName").asText())));
    }

    private boolean exists(String user) throws MatrixFailure {
        try {
            client.get("/profile/" + MatrixIds.encoded(user), null);
            return true;
        } catch (MatrixFailure failure) {
            if (failure.isMissing()) {
                return false;
            }
            throw failure;
        }
    }

    private void register(String user) throws MatrixFailure {
        var registration = JsonNodeFactory.instance
                .objectNode()
                .put("type", "m.login.application_service")
                .put("username", user.substring(1, user.indexOf(':')))
                .put("inhibit_login", true);
        try {
            client.post("/register", null, registration);
        } catch (MatrixFailure failure) {
            if (failure.is("M_EXCLUSIVE") || failure.is("M_FORBIDDEN")) {
                throw new Problem(failure, "CRV-455", user);
            }
            if (!failure.is("M_USER_IN_USE")) {
                throw failure;
            }
        }
    }

    private void profile(String user, JsonNode person) throws MatrixFailure {
        var path = "/profile/" + MatrixIds.encoded(user) + "/";
        var name = new ObjectNode(JsonNodeFactory.instance)
                .put("displayname", person.path("displayName").asText());
        client.put(path + "displayname", user, 0, name);
        try {
            var own = new ObjectNode(JsonNodeFactory.instance);
            own.set(PROFILE, person.path("profile"));
            client.put(path + PROFILE, user, 0, own);
        } catch (MatrixFailure failure) {
            // Homeservers before Matrix 1.16 know no fields of one's own; what would stand there is nice to have.
            if (!failure.isDenied()) {
                throw failure;
            }
        }
    }
}
