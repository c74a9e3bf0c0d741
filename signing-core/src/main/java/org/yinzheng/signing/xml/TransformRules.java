package org.yinzheng.signing.xml;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/// Which transforms are carried out: those that leave out nothing but signatures, and those that change no content.
/// Everything else (XSLT, other XPaths, decryption) could make anything of anything, and is not.
final class TransformRules {
    static final Set<String> CANONICAL = Set.of(
            Names.EXCLUSIVE,
            Names.INCLUSIVE,
            Names.INCLUSIVE_11,
            Names.EXCLUSIVE + "WithComments",
            Names.INCLUSIVE + "#WithComments",
            Names.INCLUSIVE_11 + "#WithComments");
    private static final int MOST = 5;
    /// Ours, see [Names#ALL_SIGNATURES].
    private static final Pattern ALL_SIGNATURES = Pattern.compile("/\\*/([A-Za-z_][A-Za-z0-9_.-]*):Signature");
    /// The well-known one of other programs.
    private static final Pattern NO_SIGNATURE =
            Pattern.compile("not\\(ancestor-or-self::([A-Za-z_][A-Za-z0-9_.-]*):Signature\\)");

    private TransformRules() {}

    /// @return what is not carried out, for a person
    static Optional<String> unknown(Element reference) {
        var transforms = of(reference);
        return transforms.size() > MOST
                ? Optional.of("more than " + MOST + " transforms")
                : transforms.stream()
                        .filter(transform -> !isKnown(transform))
                        .map(transform -> "transform " + transform.getAttribute("Algorithm"))
                        .findFirst();
    }

    static List<Element> of(Element reference) {
        return Dom.only(reference, Names.DS, "Transforms").map(Dom::children).orElse(List.of());
    }

    static boolean decodesBase64(Element reference) {
        return of(reference).stream()
                .anyMatch(transform -> transform.getAttribute("Algorithm").equals(Names.BASE64));
    }

    private static boolean isKnown(Element transform) {
        if (!Dom.is(transform, Names.DS, "Transform")) {
            return false;
        }
        var inside = Dom.children(transform);
        var algorithm = transform.getAttribute("Algorithm");
        return switch (algorithm) {
            case Names.ENVELOPED, Names.BASE64 -> inside.isEmpty();
            case Names.FILTER -> isFilter(inside);
            case Names.XPATH -> isXPath(inside);
            default -> CANONICAL.contains(algorithm) && isPrefixes(algorithm, inside);
        };
    }

    private static boolean isFilter(List<Element> inside) {
        return inside.size() == 1
                && Dom.is(inside.getFirst(), Names.FILTER, "XPath")
                && inside.getFirst().getAttribute("Filter").equals("subtract")
                && isAboutSignatures(ALL_SIGNATURES, inside.getFirst());
    }

    private static boolean isXPath(List<Element> inside) {
        return inside.size() == 1
                && Dom.is(inside.getFirst(), Names.DS, "XPath")
                && isAboutSignatures(NO_SIGNATURE, inside.getFirst());
    }

    private static boolean isAboutSignatures(Pattern pattern, Element xpath) {
        var matcher = pattern.matcher(xpath.getTextContent().replaceAll("\\s", ""));
        return Dom.children(xpath).isEmpty()
                && matcher.matches()
                && Names.DS.equals(xpath.lookupNamespaceURI(matcher.group(1)));
    }

    /// `InclusiveNamespaces` says how prefixes are written, and leaves out nothing.
    private static boolean isPrefixes(String algorithm, List<Element> inside) {
        return inside.isEmpty()
                || (inside.size() == 1
                        && algorithm.startsWith(Names.EXCLUSIVE)
                        && Dom.is(inside.getFirst(), Names.EXCLUSIVE, "InclusiveNamespaces"));
    }

    /// The prefixes of `InclusiveNamespaces`, for a method that we canonicalise by ourselves.
    static Optional<String> prefixes(Element method) {
        return Dom.children(method, Names.EXCLUSIVE, "InclusiveNamespaces").stream()
                .map(one -> one.getAttribute("PrefixList"))
                .findFirst();
    }
}
