package org.yinzheng.signing.evidence;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.Cryptography;

/// What lies in a bundle, by name and digests, and what was believed at which time.
///
/// @param name of the document's file
/// @param document its place in the bundle
/// @param at the validation time of the judgement that the bundle keeps
/// @param files SHA-256 and SM3 of each other file
record Manifest(String name, String document, Instant at, Map<String, Entry> files) {
    static final String FILE = "MANIFEST.json";
    static final String TIMESTAMP = "MANIFEST.tst";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    private static final int VERSION = 1;

    record Entry(long size, String sha256, String sm3) {
        static Entry of(DocumentBytes bytes) {
            return new Entry(bytes.size(), hex("SHA-256", bytes), hex("SM3", bytes));
        }

        private static String hex(String digest, DocumentBytes bytes) {
            return HexFormat.of().formatHex(Cryptography.digest(digest).digest(bytes.toByteArray()));
        }
    }

    Manifest {
        files = Map.copyOf(files);
    }

    DocumentBytes json(Iterable<Collected.Belief> beliefs) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("version", VERSION)
                .put("name", name)
                .put("document", document)
                .put("at", at.toString());
        var listed = json.putObject("files");
        new TreeMap<>(files).forEach((path, entry) -> listed.putObject(path)
                .put("size", entry.size())
                .put("sha256", entry.sha256())
                .put("sm3", entry.sm3()));
        var believed = json.putArray("believed");
        for (var belief : beliefs) {
            var one = believed.addObject()
                    .put("subject", belief.subject())
                    .put("claimed", belief.claimed().toString())
                    .put("decisive", belief.decisive().toString());
            belief.proven().ifPresent(time -> one.put("proven", time.toString()));
            belief.path().forEach(one.putArray("issuers")::add);
        }
        return DocumentBytes.owning(json.toPrettyString().getBytes(StandardCharsets.UTF_8));
    }

    /// @throws InvalidInput `bundle-form`
    static Manifest read(DocumentBytes bytes) {
        try {
            var json = JSON.readTree(bytes.toByteArray());
            if (json == null || json.path("version").asInt() != VERSION) {
                throw EvidenceBundle.malformed("a manifest of another version");
            }
            var files = new TreeMap<String, Entry>();
            json.path("files").properties().forEach(file -> files.put(file.getKey(), entry(file.getValue())));
            var manifest =
                    new Manifest(text(json, "name"), text(json, "document"), Instant.parse(text(json, "at")), files);
            if (!files.containsKey(manifest.document)) {
                throw EvidenceBundle.malformed("the manifest names no document");
            }
            return manifest;
        } catch (IOException | DateTimeException e) {
            throw EvidenceBundle.malformed("a manifest that cannot be read");
        }
    }

    /// The files that are not what the manifest says, are missing, or stand there without being listed.
    List<String> differences(Map<String, DocumentBytes> contents) {
        var differing = new ArrayList<String>();
        files.forEach((path, entry) -> {
            var bytes = contents.get(path);
            if (bytes == null || !Entry.of(bytes).equals(entry)) {
                differing.add(path);
            }
        });
        contents.keySet().stream()
                .filter(path -> !path.equals(FILE) && !path.equals(TIMESTAMP) && !files.containsKey(path))
                .forEach(differing::add);
        return differing.stream().sorted().toList();
    }

    private static Entry entry(JsonNode json) {
        return new Entry(json.path("size").asLong(-1), text(json, "sha256"), text(json, "sm3"));
    }

    private static String text(JsonNode json, String member) {
        if (!json.path(member).isTextual()) {
            throw EvidenceBundle.malformed("the manifest has no " + member);
        }
        return json.path(member).textValue();
    }
}
