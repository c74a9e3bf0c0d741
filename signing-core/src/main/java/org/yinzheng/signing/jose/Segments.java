package org.yinzheng.signing.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;

/// A JWS in compact serialisation, read strictly: three parts, base64url in its only spelling, JSON objects without
/// repeated names, a header of `alg`, `typ` and `kid`.
///
/// @param input what was signed
record Segments(
        String algorithm, String type, String keyId, DocumentBytes input, JsonNode claims, DocumentBytes signature) {
    static final int LONGEST = 64 << 10;
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+-]{0,62}");
    private static final Set<String> HEADER = Set.of("alg", "typ", "kid");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    static {
        JSON.getFactory()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(50).build());
    }

    /// Why a text cannot be read.
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        private final JwsResult.Reason reason;

        Unreadable(JwsResult.Reason reason) {
            super(reason.name());
            this.reason = reason;
        }

        JwsResult.Reason reason() {
            return reason;
        }
    }

    static Segments read(String compact, int longest) throws Unreadable {
        if (compact.length() > longest) {
            throw new Unreadable(JwsResult.Reason.TOO_LONG);
        }
        var parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            throw new Unreadable(JwsResult.Reason.MALFORMED);
        }
        var header = object(decode(parts[0]));
        var names = new HashSet<String>();
        header.fieldNames().forEachRemaining(names::add);
        if (!names.equals(HEADER)
                || !HEADER.stream().allMatch(name -> header.path(name).isTextual())) {
            throw new Unreadable(JwsResult.Reason.HEADER);
        }
        return new Segments(
                header.path("alg").textValue(),
                header.path("typ").textValue(),
                header.path("kid").textValue(),
                DocumentBytes.owning(
                        compact.substring(0, compact.lastIndexOf('.')).getBytes(US_ASCII)),
                object(decode(parts[1])),
                DocumentBytes.owning(decode(parts[2])));
    }

    static String checkedType(String type) {
        if (!TYPE.matcher(type).matches()) {
            throw new InvalidInput(
                    "jws-type", "typ", "a media type without application/, such as yinzheng-receipt+jws");
        }
        return type;
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] decode(String part) throws Unreadable {
        try {
            var bytes = Base64.getUrlDecoder().decode(part);
            if (bytes.length > 0 && encode(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // falls through: one answer for every way of being no base64url
        }
        throw new Unreadable(JwsResult.Reason.MALFORMED);
    }

    static JsonNode object(byte[] json) throws Unreadable {
        try {
            var node = JSON.readTree(json);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            // falls through: one answer for every way of being no JSON object
        }
        throw new Unreadable(JwsResult.Reason.MALFORMED);
    }
}
