package org.yinzheng.testdata.corpus.ofd;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.yinzheng.signing.key.Cryptography;

/// How a signature is put into a package: by hand, in the manner of this producer or that.
final class Plan {
    static final String LIST = "Doc_0/Signs/Signatures.xml";

    /// Makes the signature value.
    interface Value {
        /// @param path of the description in the package, from its root
        byte[] over(byte[] description, String path);
    }

    /// The list that the signature is entered in.
    String listed = LIST;
    String id = "s001";
    String type = "Seal";
    String folder = "Doc_0/Signs/Sign_0";
    /// Empty leaves the attribute out.
    Optional<String> method = Optional.of("1.2.156.10197.1.401");
    String digest = "SM3";
    Predicate<String> covers = name -> true;
    boolean closes = true;
    Optional<byte[]> copy = Optional.empty();
    String places = "<ofd:StampAnnot ID=\"1\" PageRef=\"1\" Boundary=\"120 200 42 42\"/>";
    String time = "20261121080000Z";
    String attributes = "";
    /// Of the description, before it is signed.
    UnaryOperator<String> description = xml -> xml;
    UnaryOperator<String> list = xml -> xml;
    final Value value;

    Plan(Value value) {
        this.value = value;
    }

    static Plan of(Ses ses) {
        return new Plan(ses::over);
    }

    Plan open() {
        closes = false;
        return this;
    }

    Plan covering(Predicate<String> names) {
        covers = names;
        return this;
    }

    /// As the second, third … signature of a package.
    Plan number(int number) {
        id = "s00" + number;
        folder = "Doc_0/Signs/Sign_" + (number - 1);
        return this;
    }

    Plan plain() {
        type = "Sign";
        places = "";
        return this;
    }

    Plan describing(UnaryOperator<String> change) {
        description = change;
        return this;
    }

    Plan listing(UnaryOperator<String> change) {
        list = change;
        return this;
    }

    Plan digesting(String name, String algorithm) {
        method = Optional.of(name).filter(given -> !given.isEmpty());
        digest = algorithm;
        return this;
    }

    Parcel put(Parcel unsigned) {
        var ofd = unsigned.copy();
        var path = folder + "/Signature.xml";
        if (ofd.names().contains(listed)) {
            ofd.edit(listed, "</ofd:Signatures>", list.apply(entry(path)) + "</ofd:Signatures>");
        } else {
            ofd.edit(Papers.ENTRY, "</ofd:DocBody>", "<ofd:Signatures>" + listed + "</ofd:Signatures></ofd:DocBody>");
            ofd.put(
                    listed,
                    list.apply(Papers.xml("<ofd:Signatures %s><ofd:MaxSignId>" + id + "</ofd:MaxSignId>" + entry(path)
                            + "</ofd:Signatures>")));
        }
        copy.ifPresent(seal -> ofd.put(folder + "/Seal.esl", seal));
        var references = new StringBuilder();
        for (var name : ofd.names()) {
            if (covers.test(name) && (closes || !name.equals(listed))) {
                references.append("<ofd:Reference FileRef=\"/%s\"><ofd:CheckValue>%s</ofd:CheckValue></ofd:Reference>"
                        .formatted(
                                name,
                                Base64.getEncoder()
                                        .encodeToString(
                                                Cryptography.digest(digest).digest(ofd.get(name)))));
            }
        }
        var xml =
                description.apply(Papers.xml("<ofd:Signature %s><ofd:SignedInfo><ofd:Provider ProviderName=\"Corpus\"/>"
                        + "<ofd:SignatureMethod>1.2.156.10197.1.501</ofd:SignatureMethod><ofd:SignatureDateTime>" + time
                        + "</ofd:SignatureDateTime><ofd:References"
                        + method.map(name -> " CheckMethod=\"" + name + "\"").orElse("") + ">" + references
                        + "</ofd:References>" + places
                        + (copy.isPresent()
                                ? "<ofd:Seal><ofd:BaseLoc>/" + folder + "/Seal.esl</ofd:BaseLoc></ofd:Seal>"
                                : "")
                        + "</ofd:SignedInfo><ofd:SignedValue>/" + folder
                        + "/SignedValue.dat</ofd:SignedValue></ofd:Signature>"));
        var original = xml.getBytes(StandardCharsets.UTF_8);
        ofd.put(path, original);
        return ofd.put(folder + "/SignedValue.dat", value.over(original, "/" + path));
    }

    private String entry(String path) {
        return "<ofd:Signature ID=\"" + id + "\" Type=\"" + type + "\" BaseLoc=\"/" + path + "\"" + attributes + "/>";
    }
}
