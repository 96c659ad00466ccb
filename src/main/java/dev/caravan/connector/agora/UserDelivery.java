package dev.caravan.connector.agora;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caravan.model.Batch;
import dev.caravan.model.Effect;
import dev.caravan.model.Item;
import dev.caravan.model.Outcome;
import dev.caravan.model.Sha256;

/**
 * Registers people, up to 60 a call, and gives those who are new their attributes, one call each. Somebody who is registered
 * already keeps what they have. Sending people twice leaves them there once.
 */
final class UserDelivery implements AutoCloseable {

    /** {@code POST /users} takes at most so many. */
    static final int MOST = 60;

    private static final int AT_ONCE = 8;
    private static final int PASSWORD_BYTES = 24;

    private final AgoraClient client;
    private final SecureRandom random = new SecureRandom();
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, task -> {
        var thread = new Thread(task, "agora-attributes");
        thread.setDaemon(true);
        return thread;
    });
    /** By name: when the server registered those whom we brought since the sink was opened, ms. */
    private final Map<String, Long> ours = new ConcurrentHashMap<>();

    private final LostRegistrations lost;
    private volatile boolean keeperThere;

    /** What became of a registration. */
    private record Registered(Set<String> there, Map<String, Outcome> failed) {}

    UserDelivery(AgoraClient client) {
        this.client = client;
        this.lost = new LostRegistrations(client);
    }

    Batch deliver(Batch batch) {
        var payloads = new HashMap<Item, JsonNode>();
        var names = new LinkedHashSet<String>();
        for (var item : batch.items()) {
            var payload = Json.read(item.target().payload());
            payloads.put(item, payload);
            names.add(payload.path("username").asText());
        }
        var registered = register(List.copyOf(names));
        var blank = withoutAttributes(registered.there());
        var outcomes = batch.items().stream()
                .map(item ->
                        CompletableFuture.supplyAsync(() -> outcome(payloads.get(item), registered, blank), workers))
                .toList();
        var items = new ArrayList<Item>();
        for (int i = 0; i < outcomes.size(); i++) {
            items.add(
                    batch.items().get(i).withOutcome(withKeeper(outcomes.get(i).join())));
        }
        return batch.withItems(items);
    }

    /** Whoever owns groups of unknown creators is brought with the first of the people, and goes again after the groups. */
    private Outcome withKeeper(Outcome outcome) {
        if (keeperThere
                || !(outcome instanceof Outcome.Accepted accepted)
                || accepted.effects().isEmpty()) {
            return outcome;
        }
        var effects = new ArrayList<>(accepted.effects());
        effects.addAll(ensureKeeper());
        return new Outcome.Accepted(accepted.targetId(), null, effects);
    }

    /** @return what this did, if it did something */
    synchronized List<Effect> ensureKeeper() {
        var keeper = client.settings().groupOwner();
        if (keeperThere || ours.containsKey(keeper)) {
            return List.of();
        }
        keeperThere = register(List.of(keeper)).there().contains(keeper);
        return ours.containsKey(keeper) ? List.of(effect(keeper, Map.of())) : List.of();
    }

    private Registered register(List<String> names) {
        var body = JsonNodeFactory.instance.arrayNode();
        for (var name : names) {
            var user = body.addObject().put("username", name);
            if (client.settings().easemob()) {
                user.put("password", password());
            }
        }
        long sentAt = System.nanoTime();
        var answer = client.postAgain(Endpoint.USERS, "/users", body, () -> lost.add(names, sentAt));
        if (answer instanceof AgoraAnswer.Done done) {
            return read(names, done.body());
        }
        if (answer instanceof AgoraAnswer.Denied denied) {
            if (names.size() == 1) {
                return new Registered(
                        Set.of(), Map.of(names.get(0), new Outcome.Refused("agora-refused", Causes.of(denied))));
            }
            return oneByOne(names);
        }
        var later = new Outcome.Retry(Duration.ZERO, Causes.of(answer));
        return new Registered(Set.of(), names.stream().collect(Collectors.toMap(name -> name, name -> later)));
    }

    /** One name the server does not take fails the whole call. */
    private Registered oneByOne(List<String> names) {
        var there = new LinkedHashSet<String>();
        var failed = new HashMap<String, Outcome>();
        for (var name : names) {
            var one = register(List.of(name));
            there.addAll(one.there());
            failed.putAll(one.failed());
        }
        return new Registered(there, failed);
    }

    private Registered read(List<String> names, JsonNode body) {
        long answeredAt = System.nanoTime();
        var there = new LinkedHashSet<>(names);
        var failed = new HashMap<String, Outcome>();
        for (var user : body.path("entities")) {
            ours.put(user.path("username").asText(), user.path("created").asLong());
        }
        for (var no : body.path("data")) {
            var name = no.path("username").asText();
            var reason = no.path("registerUserFailReason").asText();
            var outcome = reason.contains("already exists")
                    ? claimed(name, body, answeredAt)
                    : new Outcome.Refused("agora-refused", reason);
            if (outcome != null) {
                there.remove(name);
                failed.put(name, outcome);
            }
        }
        return new Registered(there, failed);
    }

    /** @return null when it is known whose they are */
    private Outcome claimed(String name, JsonNode answer, long answeredAt) {
        if (lost.has(name)) {
            try {
                var made = lost.made(name, answer, answeredAt);
                if (made != null) {
                    ours.put(name, made);
                }
            } catch (Unreadable later) {
                return new Outcome.Retry(Duration.ZERO, "whether a user is ours is not known");
            }
        }
        return null;
    }

    /** Those of them who have no nickname, and so may be given one without taking another away. */
    private Set<String> withoutAttributes(Set<String> names) {
        var old = names.stream().filter(name -> !ours.containsKey(name)).toList();
        var blank = new LinkedHashSet<>(names);
        blank.removeAll(old);
        if (old.isEmpty()) {
            return blank;
        }
        var question = Json.object();
        old.forEach(question.putArray("targets")::add);
        question.putArray("properties").add("nickname");
        if (client.postAgain(Endpoint.USERS, "/metadata/user/get", question) instanceof AgoraAnswer.Done done) {
            old.stream()
                    .filter(name -> !done.body().path("data").path(name).has("nickname"))
                    .forEach(blank::add);
        }
        return blank;
    }

    private Outcome outcome(JsonNode payload, Registered registered, Set<String> blank) {
        var name = payload.path("username").asText();
        if (!registered.there().contains(name)) {
            return registered.failed().get(name);
        }
        Map<String, String> attributes = new TreeMap<>();
        payload.path("attributes")
                .properties()
                .forEach(e -> attributes.put(e.getKey(), e.getValue().asText()));
        if (blank.contains(name)) {
            var answer = client.putForm(Endpoint.USERS, "/metadata/user/" + name, attributes);
            if (answer instanceof AgoraAnswer.Later || answer instanceof AgoraAnswer.Doubtful) {
                return new Outcome.Retry(Duration.ZERO, Causes.of(answer));
            }
            if (answer instanceof AgoraAnswer.Denied denied && denied.status() != 403) {
                return new Outcome.Refused("agora-refused", Causes.of(denied));
            }
        }
        return new Outcome.Accepted(name, null, ours.containsKey(name) ? List.of(effect(name, attributes)) : List.of());
    }

    private Effect effect(String name, Map<String, String> attributes) {
        return new Effect("user", name, mark(ours.get(name), attributes));
    }

    /** How we left a user: what people changed since looks otherwise. */
    static String mark(long created, Map<String, String> attributes) {
        return created + " " + Sha256.hex(new TreeMap<>(attributes).toString(), 16);
    }

    /** Nobody knows it: people come in by tokens of the app's own server, or have it set anew. */
    private String password() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
