package dev.caravan.migration.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures by which robots know that a message comes from whoever has their secret. */
final class Signature {

    private static final String SHA256 = "HmacSHA256";

    private Signature() {}

    /**
     * Goes with {@code timestamp} (milliseconds) into the address, URL-encoded:
     * <a href="https://open.dingtalk.com/document/robots/customize-robot-security-settings">additional signature</a>.
     */
    static String dingtalk(long millis, String secret) {
        return Base64.getEncoder().encodeToString(hmac(secret, millis + "\n" + secret));
    }

    /**
     * Goes with {@code timestamp} (seconds) into the message. Time and secret are the key, nothing is signed by it:
     * <a href="https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot#9ff32e8e">signature verification</a>.
     */
    static String feishu(long seconds, String secret) {
        return Base64.getEncoder().encodeToString(hmac(seconds + "\n" + secret, ""));
    }

    /** Of a generic webhook: hexadecimal, of {@code <seconds>.<body>}. */
    static String webhook(long seconds, String body, String secret) {
        return HexFormat.of().formatHex(hmac(secret, seconds + "." + body));
    }

    private static byte[] hmac(String key, String text) {
        try {
            var mac = Mac.getInstance(SHA256);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), SHA256));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
