package org.yinzheng.signing.ofd;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.seal.ForgedStamps;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.seal.SealParties;

/// A package taken apart, to be changed and put together again.
final class Tampering {
    static final String SIGNATURE = "Doc_0/Signs/Sign_0/Signature.xml";
    static final String VALUE = "Doc_0/Signs/Sign_0/SignedValue.dat";
    static final String SEAL = "Doc_0/Signs/Sign_0/Seal.esl";
    static final String LIST = "Doc_0/Signs/Signatures.xml";
    static final String CONTENT = "Doc_0/Pages/Page_0/Content.xml";

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    static Tampering of(DocumentBytes ofd) {
        var taken = new Tampering();
        for (var part : ZipReader.read(ofd).parts()) {
            taken.files.put(part.name, part.content().orElseThrow().clone());
        }
        return taken;
    }

    Iterable<String> names() {
        return java.util.List.copyOf(files.keySet());
    }

    byte[] file(String name) {
        return java.util.Objects.requireNonNull(files.get(name));
    }

    Tampering put(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    Tampering remove(String name) {
        files.remove(name);
        return this;
    }

    Tampering edit(String name, UnaryOperator<String> edit) {
        var before = new String(file(name), StandardCharsets.UTF_8);
        var after = edit.apply(before);
        if (before.equals(after)) {
            throw new AssertionError("the edit changes nothing");
        }
        return put(name, after.getBytes(StandardCharsets.UTF_8));
    }

    Tampering flip(String name, int position) {
        var content = file(name).clone();
        content[position] ^= 1;
        return put(name, content);
    }

    /// A stamp over Signature.xml as it now is, by the rightful signer.
    Tampering stampAgain() {
        return stampAgain(OfdSamples.SEAL, OfdSamples.PARTIES.authority, SealParties.NOW);
    }

    Tampering stampAgain(Seal seal, Signer signer, Instant time) {
        var value = ForgedStamps.stamp(seal, signer, time, file(SIGNATURE), "/" + SIGNATURE);
        return put(VALUE, value.toByteArray());
    }

    DocumentBytes done() {
        return ZipWriter.write(
                files.entrySet().stream()
                        .map(file -> Part.of(file.getKey(), file.getValue()))
                        .toList(),
                SealParties.NOW);
    }
}
