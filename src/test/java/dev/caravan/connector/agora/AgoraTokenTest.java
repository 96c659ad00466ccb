package dev.caravan.connector.agora;

import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The vectors are the vendor's published ones: AgoraIO/Tools, python/test/AccessToken2Test.py. */
class AgoraTokenTest {

    private static final String APP_ID = "970CA35de60c44645bbae8a215061b33";
    private static final String CERTIFICATE = "5CFd2fd1755d40ecb72977518be15d3b";
    private static final String VECTOR =
            "007eJxTYNDNaz3snC8huEfHWdz6s98qltq4zqy9fl99Uh0FDvy6F6DAYGlu4OxobJqSamaQbGJiZmKalJSYapFoZGhqYGaYZGzs/kWAIYKJgYGRAYRZgZgJzGdgAACt8hhr";

    @Test
    void hasTheContentAndSignatureOfTheVendorsVector() {
        var token = new AgoraToken(APP_ID, CERTIFICATE, 1_111_111, 600, 1).build();

        assertThat(token).startsWith("007");
        assertThat(inflated(token)).isEqualTo(inflated(VECTOR));
    }

    @Test
    void anotherCertificateSignsOtherwise() {
        var token = new AgoraToken(APP_ID, CERTIFICATE.replace('5', '6'), 1_111_111, 600, 1).build();

        assertThat(inflated(token)).hasSameSizeAs(inflated(VECTOR)).isNotEqualTo(inflated(VECTOR));
    }

    @Test
    void keysAreThirtyTwoHexadecimalDigits() {
        assertThat(AgoraToken.isKey(APP_ID)).isTrue();
        assertThat(AgoraToken.isKey(APP_ID + "0")).isFalse();
        assertThat(AgoraToken.isKey(APP_ID.replace('C', 'G'))).isFalse();
    }

    @Test
    void theCertificateIsNotShown() {
        assertThat(new AgoraToken(APP_ID, CERTIFICATE, 1, 600, 1).toString()).doesNotContain(CERTIFICATE);
    }

    /** What deflate makes of it may differ from one library to the next. */
    private static byte[] inflated(String token) {
        var inflater = new Inflater();
        try {
            inflater.setInput(Base64.getDecoder().decode(token.substring(3)));
            byte[] out = new byte[1024];
            return Arrays.copyOf(out, inflater.inflate(out));
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        } finally {
            inflater.end();
        }
    }
}
