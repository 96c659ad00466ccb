package dev.caravan.console.access;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SessionsTest {

    private static final User ANN = new User("ann", "hash 1", new TreeSet<>(List.of("viewer")), User.Password.OWN);

    @TempDir
    Path folder;

    private final HandClock clock = new HandClock();
    private Users users;
    private Sessions sessions;

    @BeforeEach
    void begin() {
        users = new Users(folder, new ObjectMapper());
        users.put(ANN);
        sessions = new Sessions(users, clock);
    }

    @Test
    void somebodyIsKnownByTheSessionThatBegan() {
        var session = sessions.begin(ANN);
        assertThat(sessions.find(session.id()).orElseThrow().user()).isEqualTo(ANN);
        assertThat(sessions.find("another")).isEmpty();
        assertThat(sessions.find("")).isEmpty();
    }

    @Test
    void noTwoSessionsShareANumberOrAToken() {
        var one = sessions.begin(ANN);
        var other = sessions.begin(ANN);
        assertThat(List.of(one.id(), one.csrf(), other.id(), other.csrf())).doesNotHaveDuplicates();
    }

    @Test
    void aSessionEndsAfterTwelveHours() {
        var session = sessions.begin(ANN);
        clock.goOn(Sessions.LONGEST);
        assertThat(sessions.find(session.id())).isPresent();
        clock.goOn(Duration.ofSeconds(1));
        assertThat(sessions.find(session.id())).isEmpty();
    }

    @Test
    void aSessionEndsWithItsPassword() {
        var session = sessions.begin(ANN);
        users.put(new User("ann", "hash 2", ANN.roles(), User.Password.OWN));
        assertThat(sessions.find(session.id())).isEmpty();
    }

    @Test
    void aSessionEndsWithItsUserAndOnSigningOut() {
        var one = sessions.begin(ANN);
        var other = sessions.begin(ANN);
        sessions.end(one.id());
        assertThat(sessions.find(one.id())).isEmpty();
        users.remove("ann");
        assertThat(sessions.find(other.id())).isEmpty();
    }

    @Test
    void otherRolesHoldAtOnce() {
        var session = sessions.begin(ANN);
        users.put(new User("ann", "hash 1", new TreeSet<>(List.of("admin")), User.Password.OWN));
        assertThat(sessions.find(session.id()).orElseThrow().user().roles()).containsExactly("admin");
    }

    @Test
    void usersOutliveTheServiceInAFileOfTheOwner() throws Exception {
        assertThat(new Users(folder, new ObjectMapper()).all()).containsExactly(ANN);
        assertThat(Files.getPosixFilePermissions(folder.resolve("console-users.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
}
