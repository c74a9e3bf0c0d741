package org.yinzheng.hsm.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yinzheng.signing.InvalidInput;

/// Which token to use. In YAML:
///
/// ```yaml
/// library: softhsm             # found by itself; or the absolute path of any PKCS#11 library
/// label: yinzheng              # the token's label; the slot is the one that holds it
/// slot: 12                     # only when two tokens share a label
/// pinFile: /etc/yinzheng/pin   # default: token/pin in the data directory
/// sessions: 16                 # how many threads may use the token at once
/// sm2:
///   custody: TOKEN_SM2         # default TOKEN_SEALED
///   generate: 0x80000001       # the vendor's mechanism codes
///   sign: 0x80000002
///   encoding: raw              # raw (r||s, 64 bytes) or der
///   computesZ: false           # true: the mechanism takes the message and does SM3 with Z itself
/// ```
///
/// @param slot taken when two tokens share the label
/// @param pinFile empty: `token/pin` in the data directory
/// @param tokenSm2 empty: SM2 keys have custody TOKEN_SEALED
public record TokenProfile(
        String library,
        String label,
        Optional<Long> slot,
        Optional<Path> pinFile,
        int sessions,
        Optional<Sm2Mechanism> tokenSm2) {

    private static final String SOFTHSM = "softhsm";
    private static final List<String> USUAL_FOLDERS = List.of(
            "/usr/lib/softhsm",
            "/usr/lib/x86_64-linux-gnu/softhsm",
            "/usr/lib/aarch64-linux-gnu/softhsm",
            "/usr/lib64/softhsm",
            "/usr/lib64/pkcs11",
            "/usr/lib/pkcs11",
            "/usr/local/lib/softhsm",
            "/usr/local/lib64/softhsm",
            "/usr/local/lib");

    public TokenProfile {
        if (!library.equals(SOFTHSM) && !Path.of(library).isAbsolute()) {
            throw new InvalidInput(
                    "token-library", "library", "either 'softhsm' or the absolute path of a PKCS#11 library");
        }
        var length = label.getBytes(StandardCharsets.UTF_8).length;
        if (label.isBlank() || length > 32) {
            throw new InvalidInput("token-label", "label", "1 to 32 bytes");
        }
        if (sessions < 1 || sessions > 1024) {
            throw new InvalidInput("token-sessions", "sessions", "1 to 1024");
        }
    }

    /// A vendor's SM2 mechanism, as its manual describes it.
    public record Sm2Mechanism(long generate, long sign, Encoding encoding, boolean computesZ) {
        /// How the mechanism gives back r and s.
        public enum Encoding {
            RAW,
            DER
        }
    }

    /// SoftHSM with everything in the data directory: what an empty machine gets.
    public static TokenProfile softHsm() {
        return of(MissingNode.getInstance());
    }

    public static TokenProfile parse(String yaml) {
        try {
            return of(new YAMLMapper().readTree(yaml));
        } catch (JsonProcessingException e) {
            throw new InvalidInput(
                    "yaml", "", "not YAML, line " + e.getLocation().getLineNr());
        }
    }

    /// Reads the same keys from a part of a larger configuration; a missing or empty node means the defaults.
    public static TokenProfile of(JsonNode node) {
        if (!node.isObject() && !node.isNull() && !node.isMissingNode()) {
            throw new InvalidInput("token-profile", "", "a mapping of keys to values");
        }
        onlyKeys(node, "", Set.of("library", "label", "slot", "pinFile", "sessions", "sm2"));
        return new TokenProfile(
                text(node, "library").orElse(SOFTHSM),
                text(node, "label").orElse("yinzheng"),
                node.has("slot") ? Optional.of(number(node, "", "slot")) : Optional.empty(),
                text(node, "pinFile").map(TokenProfile::absolute),
                node.has("sessions") ? (int) Math.min(number(node, "", "sessions"), Integer.MAX_VALUE) : 16,
                sm2(node.path("sm2")));
    }

    /// Whether we keep the token: SoftHSM's files in the data directory, its PINs made by us.
    public boolean managed() {
        return library.equals(SOFTHSM);
    }

    /// The library's file, or empty when it is not there.
    Optional<Path> libraryFile() {
        var candidates = managed()
                ? USUAL_FOLDERS.stream()
                        .map(folder -> Path.of(folder, "libsofthsm2.so"))
                        .toList()
                : List.of(Path.of(library));
        return candidates.stream().filter(java.nio.file.Files::isRegularFile).findFirst();
    }

    private static Optional<Sm2Mechanism> sm2(JsonNode node) {
        onlyKeys(node, "sm2.", Set.of("custody", "generate", "sign", "encoding", "computesZ"));
        var custody = text(node, "custody").orElse("TOKEN_SEALED");
        if (custody.equals("TOKEN_SEALED")) {
            if (node.size() > (node.has("custody") ? 1 : 0)) {
                throw new InvalidInput("token-sm2", "sm2", "mechanism keys are for custody TOKEN_SM2 only");
            }
            return Optional.empty();
        }
        if (!custody.equals("TOKEN_SM2")) {
            throw new InvalidInput("token-sm2", "sm2.custody", "TOKEN_SEALED or TOKEN_SM2");
        }
        var encoding =
                switch (text(node, "encoding").orElse("")) {
                    case "raw" -> Sm2Mechanism.Encoding.RAW;
                    case "der" -> Sm2Mechanism.Encoding.DER;
                    default -> throw new InvalidInput("token-sm2", "sm2.encoding", "raw or der");
                };
        if (!node.path("computesZ").isBoolean()) {
            throw new InvalidInput("token-sm2", "sm2.computesZ", "true or false");
        }
        return Optional.of(new Sm2Mechanism(
                number(node, "sm2.", "generate"),
                number(node, "sm2.", "sign"),
                encoding,
                node.path("computesZ").booleanValue()));
    }

    private static void onlyKeys(JsonNode node, String prefix, Set<String> known) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new InvalidInput("unknown-key", prefix + name, "unknown key; known are " + new TreeSet<>(known));
            }
        });
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.path(name).isMissingNode() || node.path(name).isNull()
                ? Optional.empty()
                : Optional.of(node.path(name).asText());
    }

    private static long number(JsonNode node, String prefix, String name) {
        var text = text(node, name).orElse("");
        try {
            var number = Long.decode(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // the message below says what is wanted
        }
        throw new InvalidInput("token-number", prefix + name, "a number, such as 5 or 0x80000001");
    }

    private static Path absolute(String path) {
        var file = Path.of(path);
        if (!file.isAbsolute()) {
            throw new InvalidInput("token-pin-file", "pinFile", "an absolute path");
        }
        return file;
    }
}
