package dev.caravan.console.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.migration.Settings;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Who may sign in, in a file of the work directory and not in the ledger: signing in must not wait for whoever writes the
 * ledger, nor depend on a database that somebody comes to mend.
 */
@ApplicationScoped
public class Users {

    private static final String FILE = "console-users.json";

    private final Path file;
    private final ObjectMapper json;
    private SortedMap<String, User> users;

    @Inject
    public Users(Settings settings, ObjectMapper json) {
        this(settings.workDir().toAbsolutePath(), json);
    }

    Users(Path folder, ObjectMapper json) {
        this.file = folder.resolve(FILE);
        this.json = json;
    }

    /** @throws Problem CRV-580 when the file cannot be read */
    public synchronized Collection<User> all() {
        return List.copyOf(read().values());
    }

    /** @throws Problem CRV-580 */
    public synchronized Optional<User> find(String name) {
        return Optional.ofNullable(read().get(name));
    }

    /** @throws Problem CRV-580, 581 when the file cannot be written */
    public synchronized void put(User user) {
        var changed = new TreeMap<>(read());
        changed.put(user.name(), user);
        write(changed);
    }

    /**
     * Puts one in the place of another, unless somebody changed or removed that one meanwhile.
     *
     * @return whether it did
     * @throws Problem CRV-580, 581
     */
    public synchronized boolean replace(User known, User next) {
        if (!known.equals(read().get(known.name()))) {
            return false;
        }
        put(next);
        return true;
    }

    /** @throws Problem CRV-580, 581 */
    public synchronized void remove(String name) {
        var changed = new TreeMap<>(read());
        changed.remove(name);
        write(changed);
    }

    private SortedMap<String, User> read() {
        if (users == null) {
            try {
                var found = new TreeMap<String, User>();
                if (Files.exists(file)) {
                    json.readValue(file.toFile(), new TypeReference<List<User>>() {})
                            .forEach(user -> found.put(user.name(), user));
                }
                users = found;
            } catch (IOException broken) {
                throw new Problem(broken, "CRV-580", file);
            }
        }
        return users;
    }

    private void write(SortedMap<String, User> changed) {
        try {
            var next = OwnerOnly.write(
                    file.resolveSibling(FILE + ".next"),
                    json.writerWithDefaultPrettyPrinter().writeValueAsBytes(changed.values()));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            users = changed;
        } catch (IOException denied) {
            throw new Problem(denied, "CRV-581", file, denied.getMessage());
        }
    }
}
