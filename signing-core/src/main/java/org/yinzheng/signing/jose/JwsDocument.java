package org.yinzheng.signing.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;

/// Somebody's JWS as a document, in one of the three serialisations of RFC 7515 §7, read strictly: base64url in its
/// only spelling, JSON without repeated names.
///
/// @param payload absent when it is detached (RFC 7515 appendix F)
record JwsDocument(Optional<DocumentBytes> payload, List<Signature> signatures) {
    private static final int MOST_SIGNATURES = 20;

    /// One signature over the payload.
    ///
    /// @param header the protected one; only what is signed is looked at
    /// @param encodedHeader as received
    record Signature(ObjectNode header, String encodedHeader, DocumentBytes value) {
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
            return header.path("b64").asBoolean(true);
        }
    }

    JwsDocument {
        signatures = List.copyOf(signatures);
    }

    /// Whether it begins as one; says nothing about the rest.
    static boolean looksLike(String beginning) {
        var text = beginning.strip();
        return text.startsWith("eyJ")
                || (text.startsWith("{") && (text.contains("\"payload\"") || text.contains("\"protected\"")));
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
            rejectSharedNames(one);
            signatures.add(signature(text(one, "protected"), text(one, "signature")));
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

    /// RFC 7515 §7.2.1: a name stands in one of the two headers, or some reader takes the wrong one.
    private static void rejectSharedNames(JsonNode signature) throws Segments.Unreadable {
        var unprotected = signature.path("header");
        if (unprotected.isMissingNode()) {
            return;
        }
        var header = Segments.object(Segments.decode(text(signature, "protected")));
        for (var name : unprotected.properties()) {
            if (header.has(name.getKey())) {
                throw new Segments.Unreadable(JwsResult.Reason.HEADER);
            }
        }
    }

    private static Signature signature(String header, String value) throws Segments.Unreadable {
        var node = Segments.object(Segments.decode(header));
        return new Signature(
                node instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode(),
                header,
                DocumentBytes.owning(value.isEmpty() ? new byte[0] : Segments.decode(value)));
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
