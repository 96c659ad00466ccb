package dev.caravan.connector.agora;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The app token of Agora and Shengwang, built here from App ID and App Certificate. The format is the vendor's AccessToken2,
 * version 007 (github.com/AgoraIO/Tools, DynamicKey/AgoraDynamicKey): little endian numbers, strings behind their length.
 *
 * @param issuedAt seconds since 1970
 * @param validFor seconds, at most 86,400
 */
record AgoraToken(String appId, String appCertificate, long issuedAt, int validFor, int salt) {

    /** Seconds; a longer life is cut by the server. */
    static final int LONGEST = 86_400;

    private static final String VERSION = "007";
    private static final Pattern HEX_32 = Pattern.compile("[0-9a-fA-F]{32}");
    private static final short CHAT = 5;
    private static final short OF_THE_APP = 2;

    /** Whether it can be an App ID or an App Certificate: 32 hexadecimal digits. */
    static boolean isKey(String text) {
        return HEX_32.matcher(text).matches();
    }

    /** What the header {@code Authorization: Bearer} takes. */
    String build() {
        byte[] content = content();
        byte[] key = hmac(number((int) issuedAt), appCertificate.getBytes(StandardCharsets.UTF_8));
        byte[] signature = hmac(hmac(number(salt), key), content);
        var signed = ByteBuffer.allocate(2 + signature.length + content.length).order(ByteOrder.LITTLE_ENDIAN);
        signed.putShort((short) signature.length).put(signature).put(content);
        return VERSION + Base64.getEncoder().encodeToString(deflated(signed.array()));
    }

    private byte[] content() {
        byte[] id = appId.getBytes(StandardCharsets.UTF_8);
        var content = ByteBuffer.allocate(2 + id.length + 26).order(ByteOrder.LITTLE_ENDIAN);
        content.putShort((short) id.length).put(id);
        content.putInt((int) issuedAt).putInt(validFor).putInt(salt);
        short services = 1;
        short privileges = 1;
        short noUser = 0;
        content.putShort(services).putShort(CHAT).putShort(privileges);
        content.putShort(OF_THE_APP).putInt(validFor).putShort(noUser);
        return content.array();
    }

    private static byte[] number(int value) {
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
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static byte[] deflated(byte[] bytes) {
        var deflater = new Deflater();
        try {
            deflater.setInput(bytes);
            deflater.finish();
            var out = new ByteArrayOutputStream(bytes.length);
            byte[] buffer = new byte[256];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** The certificate is a secret. */
    @Override
    public String toString() {
        return "AgoraToken[" + appId + ", " + issuedAt + "]";
    }
}
