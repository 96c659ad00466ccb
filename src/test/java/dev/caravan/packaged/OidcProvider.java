package dev.caravan.packaged;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An OpenID Connect provider, small but as strict as the standard: authorization code with PKCE, each code once and for whom it was
 * given, signed tokens. Runs as a process of its own and ends with the one that started it. Who is signed in there is told by
 * {@code /control}, and so is how it is to lie.
 */
final class OidcProvider {

    static final String CLIENT = "caravan";
    static final String SECRET = "a secret of the client";

    private final ObjectMapper json = new ObjectMapper();
    private final KeyPair keys = newKeys();
    private final KeyPair otherKeys = newKeys();
    private final Map<String, Map<String, String>> codes = new HashMap<>();
    private final String address;
    private Map<String, String> person = Map.of();

    private OidcProvider(HttpServer server) throws GeneralSecurityException {
        // Another site than that of the console, for a browser.
        address = "http://localhost:" + server.getAddress().getPort();
        server.createContext("/", this::answer);
    }

    public static void main(String... arguments) throws IOException, GeneralSecurityException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var provider = new OidcProvider(server);
        server.start();
        System.out.println(provider.address);
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        server.stop(0);
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try {
            var query = form(exchange.getRequestURI().getRawQuery());
            switch (exchange.getRequestURI().getPath()) {
                case "/.well-known/openid-configuration" -> send(exchange, 200, json.writeValueAsString(metadata()));
                case "/jwks" -> send(exchange, 200, json.writeValueAsString(Map.of("keys", List.of(jwk()))));
                case "/authorize" -> authorize(exchange, query);
                case "/token" -> token(
                        exchange, form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                case "/control" -> {
                    person = query;
                    send(exchange, 200, "{}");
                }
                default -> send(exchange, 404, "{}");
            }
        } catch (GeneralSecurityException | RuntimeException broken) {
            send(exchange, 500, "{\"error\":\"%s\"}".formatted(broken));
        }
    }

    private Map<String, Object> metadata() {
        return Map.of(
                "issuer",
                address,
                "authorization_endpoint",
                address + "/authorize",
                "token_endpoint",
                address + "/token",
                "jwks_uri",
                address + "/jwks",
                "response_types_supported",
                List.of("code"),
                "subject_types_supported",
                List.of("public"),
                "id_token_signing_alg_values_supported",
                List.of("RS256"),
                "code_challenge_methods_supported",
                List.of("S256"));
    }

    private Map<String, String> jwk() {
        var key = (RSAPublicKey) keys.getPublic();
        return Map.of(
                "kty",
                "RSA",
                "kid",
                "1",
                "use",
                "sig",
                "alg",
                "RS256",
                "n",
                unsigned(key.getModulus()),
                "e",
                unsigned(key.getPublicExponent()));
    }

    private void authorize(HttpExchange exchange, Map<String, String> query) throws IOException {
        var right = "code".equals(query.get("response_type"))
                && CLIENT.equals(query.get("client_id"))
                && query.getOrDefault("redirect_uri", "").matches("http://127\\.0\\.0\\.1:\\d+/login/oidc")
                && Arrays.asList(query.getOrDefault("scope", "").split(" ")).contains("openid")
                && !query.getOrDefault("state", "").isEmpty()
                && !query.getOrDefault("nonce", "").isEmpty()
                && "S256".equals(query.get("code_challenge_method"))
                && query.getOrDefault("code_challenge", "").length() == 43;
        if (!right) {
            send(exchange, 400, "{\"error\":\"invalid_request\"}");
            return;
        }
        var back = query.get("redirect_uri") + "?state=" + encoded(query.get("state"));
        if ("denied".equals(person.get("lie"))) {
            redirect(exchange, back + "&error=access_denied");
            return;
        }
        var code = UUID.randomUUID().toString();
        codes.put(code, query);
        redirect(exchange, back + "&code=" + code);
    }

    private void token(HttpExchange exchange, Map<String, String> form) throws IOException, GeneralSecurityException {
        var basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString((encoded(CLIENT) + ":" + encoded(SECRET)).getBytes(StandardCharsets.UTF_8));
        var plain =
                "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        var sent = exchange.getRequestHeaders().getFirst("Authorization");
        var given = codes.remove(form.getOrDefault("code", ""));
        if (!basic.equals(sent) && !plain.equals(sent)) {
            send(exchange, 401, "{\"error\":\"invalid_client\"}");
        } else if (given == null
                || !"authorization_code".equals(form.get("grant_type"))
                || !given.get("redirect_uri").equals(form.get("redirect_uri"))
                || !given.get("code_challenge").equals(challenge(form.getOrDefault("code_verifier", "")))) {
            send(exchange, 400, "{\"error\":\"invalid_grant\"}");
        } else {
            send(
                    exchange,
                    200,
                    json.writeValueAsString(Map.of(
                            "id_token",
                            idToken(given.get("nonce")),
                            "access_token",
                            UUID.randomUUID().toString(),
                            "token_type",
                            "Bearer",
                            "expires_in",
                            300)));
        }
    }

    private String idToken(String nonce) throws IOException, GeneralSecurityException {
        var lie = person.getOrDefault("lie", "");
        var now = Instant.now().getEpochSecond();
        var claims = new HashMap<String, Object>();
        claims.put("iss", lie.equals("issuer") ? "http://elsewhere.example" : address);
        claims.put("sub", "subject of " + person.get("name"));
        claims.put("aud", lie.equals("audience") ? "another" : CLIENT);
        claims.put("iat", lie.equals("expired") ? now - 7200 : now);
        claims.put("exp", lie.equals("expired") ? now - 3600 : now + 300);
        claims.put("nonce", lie.equals("nonce") ? "another" : nonce);
        claims.put("preferred_username", person.get("name"));
        claims.put(
                "realm_access",
                Map.of("roles", person.getOrDefault("groups", "").split(",")));
        var signed = encoded(Map.of("alg", "RS256", "typ", "JWT", "kid", "1")) + "." + encoded(claims);
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign((lie.equals("signature") ? otherKeys : keys).getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String challenge(String verifier) throws GeneralSecurityException {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    }

    private String encoded(Map<String, ?> part) throws IOException {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.writeValueAsBytes(part));
    }

    private static String unsigned(BigInteger number) {
        var bytes = number.toByteArray();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, String> form(String text) {
        var fields = new HashMap<String, String>();
        for (var pair : text == null ? new String[0] : text.split("&")) {
            var parts = pair.split("=", 2);
            fields.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static void redirect(HttpExchange exchange, String where) throws IOException {
        exchange.getResponseHeaders().set("Location", where);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
