package dev.caravan.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody at the console by HTTP, as a browser would be: with cookies, and the token of the page. */
final class Visitor {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TOKEN = Pattern.compile("\"X-CSRF-Token\": \"([^\"]+)\"");

    private static final int MOST_REDIRECTS = 6;

    private final ConsoleService service;
    private final CookieManager jar = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(jar).build();
    private String token = "";

    Visitor(ConsoleService service) {
        this.service = service;
    }

    HttpResponse<String> signIn(String name, String password) {
        var answer = send(request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("name=" + encoded(name) + "&password=" + encoded(password))));
        if (answer.statusCode() == 303) {
            var found = TOKEN.matcher(page("/password").body());
            token = found.find() ? found.group(1) : "";
        }
        return answer;
    }

    /** By an OpenID Connect provider, where somebody is signed in. */
    HttpResponse<String> signInElsewhere() {
        var answer = follow(service.uri("/login/oidc").toString());
        if (answer.statusCode() == 200) {
            var found = TOKEN.matcher(page("/").body());
            token = found.find() ? found.group(1) : "";
        }
        return answer;
    }

    /** Goes where it is sent, here and elsewhere, a few times. */
    HttpResponse<String> follow(String address) {
        var next = URI.create(address);
        for (int i = 0; ; i++) {
            var answer = send(HttpRequest.newBuilder(next).header("Accept", "text/html"));
            var location = answer.headers().firstValue("Location");
            if (location.isEmpty() || i == MOST_REDIRECTS) {
                return answer;
            }
            next = next.resolve(location.get());
        }
    }

    List<String> cookies() {
        return jar.getCookieStore().getCookies().stream()
                .map(HttpCookie::getName)
                .toList();
    }

    void forget(String cookie) {
        var store = jar.getCookieStore();
        store.getCookies().stream()
                .filter(one -> one.getName().equals(cookie))
                .toList()
                .forEach(one -> store.remove(service.uri("/"), one));
    }

    /** A new session begins, and with it another token. */
    HttpResponse<String> choosePassword(String password) {
        var answer = post("/api/password", "{\"password\":\"%s\",\"again\":\"%s\"}".formatted(password, password));
        var found = TOKEN.matcher(page("/password").body());
        token = found.find() ? found.group(1) : "";
        return answer;
    }

    /** As an administrator: registers somebody, who signs in with what this returns. */
    String register(String name, List<String> roles) {
        var list = roles.stream().map(role -> '"' + role + '"').collect(Collectors.joining(","));
        var answer = change("PUT", "/api/users", "{\"name\":\"%s\",\"roles\":[%s]}".formatted(name, list));
        return tree(answer.body()).path("password").asText();
    }

    /** As an administrator: somebody else, who has signed in and chosen {@link #passwordOf}. */
    Visitor user(String name, List<String> roles) {
        var user = new Visitor(service);
        user.signIn(name, register(name, roles));
        assertThat(user.choosePassword(passwordOf(name)).statusCode()).isEqualTo(204);
        return user;
    }

    static String passwordOf(String name) {
        return "a password of " + name;
    }

    /** Starts a run, and waits for its end. */
    void run() {
        assertThat(post("/api/run", "").statusCode()).isEqualTo(202);
        awaitWork();
    }

    /** Until nothing is done any more. */
    void awaitWork() {
        ConsoleService.within()
                .until(() -> !json("/api/run").path("state").asText().equals("running"));
    }

    HttpResponse<String> page(String path) {
        return send(request(path).header("Accept", "text/html"));
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    JsonNode json(String path) {
        return tree(get(path).body());
    }

    static JsonNode tree(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> post(String path, String json) {
        return change("POST", path, json);
    }

    HttpResponse<String> change(String method, String path, String json) {
        return send(request(path)
                .header("X-CSRF-Token", token)
                .header("Content-Type", type(method, path))
                .method(method, BodyPublishers.ofString(json)));
    }

    /** As a page of another site could at most. */
    HttpResponse<String> changeWithoutToken(String method, String path, String json) {
        return send(
                request(path).header("Content-Type", type(method, path)).method(method, BodyPublishers.ofString(json)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.uri(path));
    }

    /** What a script sends along with each request. */
    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String type(String method, String path) {
        return path.endsWith("/lines")
                        || path.endsWith("/corrections")
                        || method.equals("PUT") && path.endsWith("/record")
                ? "application/octet-stream"
                : "application/json";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
