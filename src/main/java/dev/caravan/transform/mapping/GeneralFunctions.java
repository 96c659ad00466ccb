package dev.caravan.transform.mapping;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Function;

/** Functions every template has, whatever the connectors: {@code sha256(string)}, in hexadecimal; null of null. */
final class GeneralFunctions implements MappingFunctions {

    @Override
    public Collection<Function> functions(Path routes) {
        return List.of(new Sha256());
    }

    private static final class Sha256 implements Function {
        @Override
        public String getName() {
            return "sha256";
        }

        @Override
        public int getMinArguments() {
            return 1;
        }

        @Override
        public int getMaxArguments() {
            return 1;
        }

        @Override
        public JsonNode call(JsonNode input, JsonNode[] arguments) {
            return arguments[0].isNull() ? NullNode.instance : new TextNode(hash(arguments[0].asText()));
        }

        private static String hash(String text) {
            try {
                var digest = MessageDigest.getInstance("SHA-256");
                return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }
}
