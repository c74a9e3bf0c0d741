package org.yinzheng.signing.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yinzheng.signing.DocumentBytes;

/// Somebody's JWS as a document, in one of the three serialisations of RFC 7515 §7, read strictly: base64url in its
/// only spelling, JSON without repeated names.
///
/// @param payload absent when it is detached (RFC 7515 appendix F)
record JwsDocument(Optional<DocumentBytes> payload, List<Signature> signatures) {
    private static final int MOST_SIGNATURES = 20;
    private static final List<String> NAMES =
            List.of("\"payload\"", "\"protected\"", "\"signature\"", "\"signatures\"");
    private static final Pattern FIRST_PART = Pattern.compile("[A-Za-z0-9_-]{4,}");
    private static final Pattern OBJECT = Pattern.compile("[ \t\r\n]*\\{[ \t\r\n]*(\"|}|\\z)");
    /// What changes how a signature is computed has to be signed (RFC 7515 §4.1.11, RFC 7797 §3).
    private static final List<String> ALWAYS_SIGNED = List.of("crit", "b64");

    /// One signature over the payload.
    ///
    /// @param header all of it (RFC 7515 §4), of which a part may be unprotected: it says how to check, and no more
    /// @param signed what of it is signed
    /// @param encodedHeader the signed part as received
    record Signature(ObjectNode header, ObjectNode signed, String encodedHeader, DocumentBytes value) {
        /// RFC 7515 §5.1, or RFC 7797 §3 for a payload that is not encoded.
        byte[] input(DocumentBytes payload) {
            var input = new ByteArrayOutputStream();
            input.writeBytes((encodedHeader + ".").getBytes(US_ASCII));
            input.writeBytes(
                    isPayloadEncoded()
                            ? Segments.encode(payload.toByteArray()).getBytes(US_ASCII)
                            : payload.toByteArray());
            return input.toByteArray();
        }

        boolean isPayloadEncoded() {
            return signed.path("b64").asBoolean(true);
        }
    }

    JwsDocument {
        signatures = List.copyOf(signatures);
    }

    /// Whether it begins as one; says nothing about the rest.
    static boolean looksLike(String beginning) {
        var text = beginning.strip();
        return text.startsWith("{") ? NAMES.stream().anyMatch(text::contains) : beginsWithObject(text);
    }

    /// Whether its first part is a JSON object in base64url, as far as it is seen.
    private static boolean beginsWithObject(String text) {
        var part = FIRST_PART.matcher(text);
        if (!part.lookingAt()) {
            return false;
        }
        var whole = part.group().substring(0, part.end() - part.end() % 4);
        return OBJECT.matcher(new String(Base64.getUrlDecoder().decode(whole), UTF_8))
                .lookingAt();
    }

    static JwsDocument parse(DocumentBytes document) throws Segments.Unreadable {
        var text = new String(document.toByteArray(), UTF_8).strip();
        return text.startsWith("{") ? json(text) : compact(text);
    }

    private static JwsDocument compact(String text) throws Segments.Unreadable {
        var parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw malformed();
        }
        var signature = signature(parts[0], parts[2]);
        if (!signature.isPayloadEncoded() && !parts[1].isEmpty()) {
            // RFC 7797 §5.2 allows some texts here; which, readers disagree about
            throw new Segments.Unreadable(JwsResult.Reason.HEADER);
        }
        return new JwsDocument(payload(parts[1]), List.of(signature));
    }

    private static JwsDocument json(String text) throws Segments.Unreadable {
        var root = Segments.object(text.getBytes(UTF_8));
        var each = new ArrayList<JsonNode>();
        if (root.has("signatures")) {
            if (root.has("signature") || !root.path("signatures").isArray()) {
                throw malformed();
            }
            root.path("signatures").forEach(each::add);
        } else {
            each.add(root);
        }
        if (each.isEmpty() || each.size() > MOST_SIGNATURES) {
            throw malformed();
        }
        var signatures = new ArrayList<Signature>();
        for (var one : each) {
            signatures.add(signature(one));
        }
        var encoded = signatures.stream().allMatch(Signature::isPayloadEncoded);
        if (!encoded && signatures.stream().anyMatch(Signature::isPayloadEncoded)) {
            throw new Segments.Unreadable(JwsResult.Reason.HEADER); // RFC 7797 §3: all or none
        }
        if (!root.has("payload")) {
            return new JwsDocument(Optional.empty(), signatures);
        }
        var payload = text(root, "payload");
        return new JwsDocument(
                encoded ? payload(payload) : Optional.of(DocumentBytes.owning(payload.getBytes(UTF_8))), signatures);
    }

    private static Signature signature(JsonNode one) throws Segments.Unreadable {
        var compact = one.has("protected")
                ? signature(text(one, "protected"), text(one, "signature"))
                : new Signature(empty(), empty(), "", value(text(one, "signature")));
        var unprotected = one.path("header");
        if (unprotected.isMissingNode()) {
            return compact;
        }
        if (!unprotected.isObject()) {
            throw malformed();
        }
        var header = compact.signed.deepCopy();
        for (var name : unprotected.properties()) {
            // RFC 7515 §7.2.1: a name stands in one of the two headers, or some reader takes the wrong one
            if (header.has(name.getKey()) || ALWAYS_SIGNED.contains(name.getKey())) {
                throw new Segments.Unreadable(JwsResult.Reason.HEADER);
            }
            header.set(name.getKey(), name.getValue());
        }
        return new Signature(header, compact.signed, compact.encodedHeader, compact.value);
    }

    private static Signature signature(String header, String value) throws Segments.Unreadable {
        var signed = Segments.object(Segments.decode(header)) instanceof ObjectNode object ? object : empty();
        return new Signature(signed, signed, header, value(value));
    }

    private static DocumentBytes value(String encoded) throws Segments.Unreadable {
        return DocumentBytes.owning(encoded.isEmpty() ? new byte[0] : Segments.decode(encoded));
    }

    private static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static Optional<DocumentBytes> payload(String encoded) throws Segments.Unreadable {
        return encoded.isEmpty() ? Optional.empty() : Optional.of(DocumentBytes.owning(Segments.decode(encoded)));
    }

    private static String text(JsonNode object, String name) throws Segments.Unreadable {
        var value = object.path(name);
        if (!value.isTextual()) {
            throw malformed();
        }
        return value.textValue();
    }

    private static Segments.Unreadable malformed() {
        return new Segments.Unreadable(JwsResult.Reason.MALFORMED);
    }
}
