package dev.caravan.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import dev.caravan.model.Problem;
import dev.caravan.model.Sha256;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.ConfigProvider;
import picocli.CommandLine.Command;

/**
 * Encrypts a secret for {@code application.properties}, in the form in which SmallRye Config decrypts it. The secret comes by
 * standard input: the arguments of a command are seen by others and kept by shells.
 */
@Dependent
@Command(name = "encrypt")
class EncryptCommand extends Verb {

    static final String KEY = "smallrye.config.secret-handler.aes-gcm-nopadding.encryption-key";
    static final String VARIABLE = "SMALLRYE_CONFIG_SECRET_HANDLER_AES_GCM_NOPADDING_ENCRYPTION_KEY";

    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;

    @Inject
    Output output;

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        var key = ConfigProvider.getConfig()
                .getOptionalValue(KEY, String.class)
                .orElseThrow(() -> new Problem("CRV-701", VARIABLE));
        var secret = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip();
        output.line("${aes-gcm-nopadding::" + encrypted(secret, key) + "}");
        return ExitStatus.CLEAN;
    }

    private static String encrypted(String secret, String key) throws GeneralSecurityException {
        var iv = new byte[IV_BYTES];
        new SecureRandom().nextBytes(iv);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(Sha256.of(key), "AES"), new GCMParameterSpec(TAG_BITS, iv));
        var text = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
        var whole = ByteBuffer.allocate(1 + iv.length + text.length)
                .put((byte) iv.length)
                .put(iv)
                .put(text);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole.array());
    }
}
