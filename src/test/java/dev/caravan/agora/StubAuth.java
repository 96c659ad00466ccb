package dev.caravan.agora;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;

/** Who may call: AccessToken2, taken apart and its signature counted again, or a token handed out for client credentials. */
final class StubAuth {

    static final String CLIENT_ID = "YXA6client";
    static final String CLIENT_SECRET = "YXA6secret";

    private final Map<String, Long> handedOut = new HashMap<>();
    private int issued;
    private long notBefore;

    /** Tokens of before this moment are worth nothing any more. */
    void expireAll(long nowSeconds) {
        handedOut.clear();
        notBefore = nowSeconds + 1;
    }

    int issued() {
        return issued;
    }

    void reset() {
        handedOut.clear();
        issued = 0;
        notBefore = 0;
    }

    String issue(JsonNode body, long now) {
        if (!body.path("grant_type").asText().equals("client_credentials")
                || !body.has("client_id")
                || !body.has("client_secret")) {
            throw Denied.illegal("client_id and client_secret must be provided");
        }
        if (!body.path("client_id").asText().equals(CLIENT_ID)
                || !body.path("client_secret").asText().equals(CLIENT_SECRET)) {
            throw new Denied(400, "invalid_grant", "client_id does not match");
        }
        var token = "YWMt" + ++issued;
        handedOut.put(token, now + body.path("ttl").asLong(3600));
        return token;
    }

    void require(String header, long now) {
        if (header == null || !header.startsWith("Bearer ")) {
            throw unauthorized();
        }
        var token = header.substring("Bearer ".length());
        if (token.startsWith("007") ? !signed(token, now) : handedOut.getOrDefault(token, 0L) < now) {
            throw unauthorized();
        }
    }

    private static Denied unauthorized() {
        return new Denied(401, "auth_bad_access_token", "Unable to authenticate due to corrupt access token");
    }

    private boolean signed(String token, long now) {
        try {
            var all = inflated(Base64.getDecoder().decode(token.substring(3)));
            byte[] signature = new byte[all.getShort()];
            all.get(signature);
            byte[] content = Arrays.copyOfRange(all.array(), all.position(), all.limit());
            var appId = text(all);
            int issuedAt = all.getInt();
            int validFor = all.getInt();
            int salt = all.getInt();
            boolean chat = all.getShort() == 1 && all.getShort() == 5 && all.getShort() == 1 && all.getShort() == 2;
            int privilegeFor = all.getInt();
            byte[] key = hmac(
                    hmac(le(salt), hmac(le(issuedAt), AgoraStub.CERTIFICATE.getBytes(StandardCharsets.UTF_8))),
                    content);
            return chat
                    && text(all).isEmpty()
                    && appId.equals(AgoraStub.APP_ID)
                    && Arrays.equals(key, signature)
                    && validFor <= 86_400
                    && issuedAt >= notBefore
                    && issuedAt + Math.min(validFor, privilegeFor) > now;
        } catch (DataFormatException | RuntimeException notAToken) {
            return false;
        }
    }

    private static String text(ByteBuffer all) {
        byte[] text = new byte[all.getShort()];
        all.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static ByteBuffer inflated(byte[] deflated) throws DataFormatException {
        var inflater = new Inflater();
        try {
            inflater.setInput(deflated);
            byte[] out = new byte[1024];
            return ByteBuffer.wrap(out, 0, inflater.inflate(out)).order(ByteOrder.LITTLE_ENDIAN);
        } finally {
            inflater.end();
        }
    }

    private static byte[] le(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
