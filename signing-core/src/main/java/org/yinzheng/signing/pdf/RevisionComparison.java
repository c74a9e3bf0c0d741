package org.yinzheng.signing.pdf;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNull;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// Compares a signed revision with the document as it is now, object by object along every path from the
/// trailer. What is not on the list of lawful changes (validation data, document timestamps, and as far as the
/// signed revision permits them signatures, filled fields and comments) is a change of what was signed. A change is
/// lawful only if *every* path to it allows it: an object is visited once for each [ChangeRule] under which it is
/// reached.
final class RevisionComparison {
    private static final Set<String> CHANGED_WHEN_SIGNED =
            Set.of("V", "AP", "MK", "DA", "F", "Rect", "Type", "Subtype", "P", "M", "NM", "BS", "Border", "Q");
    private static final Set<String> FILLED = Set.of("V", "AP", "I", "M");
    private static final Set<String> FILLED_AS_IT_LOOKS = Set.of("V", "I", "M");
    private static final Set<String> CHOSEN = Set.of("V", "AS", "M");
    private static final int READ_ONLY = 1;

    /// @param changes the first one of each kind that is not lawful, or that a reader should look at
    /// @param noticed lawful changes that a reader of the document should know of
    record Outcome(List<Change> changes, Set<String> noticed) {}

    private record Pair(@Nullable COSBase before, @Nullable COSBase now, ChangeRule rule, String path) {}

    private record Visit(COSBase before, COSBase now, ChangeRule rule) {}

    private final Permissions permissions;
    private final int signedSize;
    private final ArrayDeque<Pair> open = new ArrayDeque<>();
    private final Set<Visit> visited = new HashSet<>();
    private final Set<String> noticed = new TreeSet<>();
    private final LaterPictures pictures;
    private final Budget budget;
    private final Map<Reason, Change> changes = new LinkedHashMap<>();

    private RevisionComparison(Permissions permissions, int signedSize, COSDictionary common, Budget budget) {
        this.permissions = permissions;
        this.signedSize = signedSize;
        this.budget = budget;
        pictures = new LaterPictures(common, budget);
    }

    static Outcome compare(PdfFile signed, PdfFile now, Budget budget) {
        var common = now.catalog()
                .map(catalog -> catalog.getCOSDictionary(COSName.ACRO_FORM))
                .map(form -> form.getCOSDictionary(COSName.DR))
                .orElseGet(COSDictionary::new);
        var comparison = new RevisionComparison(Permissions.of(signed, budget), signed.size(), common, budget);
        comparison.push(signed.trailer(), now.trailer(), ChangeRule.TRAILER, "");
        while (!comparison.open.isEmpty()) {
            budget.step();
            comparison.compare(comparison.open.removeFirst());
        }
        return new Outcome(List.copyOf(comparison.changes.values()), comparison.noticed);
    }

    private void push(@Nullable COSBase before, @Nullable COSBase now, ChangeRule rule, String path) {
        if (rule != ChangeRule.FREE) {
            open.add(new Pair(before, now, rule, path));
        }
    }

    private void compare(Pair pair) {
        if (pair.before instanceof COSObject one
                && pair.now instanceof COSObject other
                && !visited.add(new Visit(one, other, pair.rule))) {
            return;
        }
        var before = value(pair.before);
        var now = value(pair.now);
        if (pair.rule == ChangeRule.FORM && before == null && now instanceof COSDictionary) {
            before = new COSDictionary();
        }
        if (pair.rule.mayGrow() && before == null && now instanceof COSArray) {
            before = new COSArray();
        }
        if (before instanceof COSDictionary one && now instanceof COSDictionary other) {
            compare(one, other, narrowed(one, pair.rule), pair.path);
        } else if (before instanceof COSArray one && now instanceof COSArray other) {
            compare(one, other, pair.rule, pair.path);
        } else if (!equal(before, now)) {
            differs(pair.path, pair.rule.flaw());
        }
    }

    /// References lead back to pages and fields from everywhere (outlines, /Parent, /P, structure): there the
    /// same holds as on the straight way.
    private static ChangeRule narrowed(COSDictionary before, ChangeRule rule) {
        if (!rule.isStrict()) {
            return rule;
        }
        var type = before.getDictionaryObject(COSName.TYPE);
        if (COSName.PAGE.equals(type) || COSName.PAGES.equals(type)) {
            return ChangeRule.PAGES;
        }
        if (COSName.CATALOG.equals(type)) {
            return ChangeRule.CATALOG;
        }
        return FieldKind.isUnsigned(before) || FieldKind.isWritable(before) ? ChangeRule.FIELD : rule;
    }

    private void compare(COSDictionary before, COSDictionary now, ChangeRule rule, String path) {
        if (before instanceof COSStream || now instanceof COSStream) {
            if (!(before instanceof COSStream one) || !(now instanceof COSStream other) || !same(one, other, rule)) {
                differs(path, rule.flaw());
                return;
            }
            if (rule == ChangeRule.METADATA) {
                return;
            }
        }
        if (rule == ChangeRule.PAGES) {
            pictures.on(before, now).forEach(i -> differs(path + ".Annots." + i, Gap.CONTENT_OBSCURED));
        }
        var changing = rule == ChangeRule.FIELD ? changing(before, now) : Set.<String>of();
        var keys = new LinkedHashSet<COSName>(before.keySet());
        keys.addAll(now.keySet());
        for (var key : keys) {
            var name = key.getName();
            if (changing.contains(name) || (rule == ChangeRule.FIELD && isLawfulInField(before, now, name))) {
                continue;
            }
            var below = rule == ChangeRule.FIELD ? inField(before, name) : rule.below(name, before.containsKey(key));
            push(before.getItem(key), now.getItem(key), below, path + "." + name);
        }
    }

    private static ChangeRule inField(COSDictionary field, String key) {
        return switch (key) {
            case "Kids", "Parent" -> ChangeRule.FIELD;
            case "Lock", "SV" -> ChangeRule.PERMISSIONS;
            case "V" -> FieldKind.isSigned(field) ? ChangeRule.SIGNATURE : ChangeRule.PART;
            // a widget that is no form field's is a picture on the page
            default -> FieldKind.isUnsigned(field) || FieldKind.isWritable(field) ? ChangeRule.PART : ChangeRule.SAME;
        };
    }

    /// The keys of a field, or of its widget, that may change in this way.
    private Set<String> changing(COSDictionary before, COSDictionary now) {
        var name = FieldKind.name(before);
        if (FieldKind.isUnsigned(before)) {
            return FieldKind.isSigned(now) && permissions.signing(name) ? CHANGED_WHEN_SIGNED : Set.of();
        }
        if (!FieldKind.isWritable(before) || !permissions.filling(name, FieldKind.isBlank(before))) {
            return Set.of();
        }
        if (FieldKind.isButton(before)) {
            return FieldKind.isKnownState(before, now.getDictionaryObject(COSName.AS))
                    ? noticed(before, now, CHOSEN, name)
                    : Set.of();
        }
        // another appearance of the same value would show what nobody filled in
        var redrawn = FieldKind.isPlainAppearance(now) && !same(FieldKind.value(before), FieldKind.value(now));
        return noticed(before, now, redrawn ? FILLED : FILLED_AS_IT_LOOKS, name);
    }

    /// Some programs name the type, which may be left out, of the widget that they fill. When a signature locks a
    /// field, programs mark it as one that cannot be written to. A lock that is added takes nothing away.
    private static boolean isLawfulInField(COSDictionary before, COSDictionary now, String key) {
        return switch (key) {
            case "Type" ->
                !before.containsKey(COSName.TYPE) && COSName.ANNOT.equals(now.getDictionaryObject(COSName.TYPE));
            case "Ff" -> now.getInt(COSName.FF, 0) == (before.getInt(COSName.FF, 0) | READ_ONLY);
            case "Lock" -> !before.containsKey(COSName.getPDFName(key)) && FieldKind.isUnsigned(before);
            default -> false;
        };
    }

    static boolean same(@Nullable COSBase before, @Nullable COSBase now) {
        if (before instanceof COSString one && now instanceof COSString other) {
            return one.getString().equals(other.getString());
        }
        return equal(before, now);
    }

    private Set<String> noticed(COSDictionary before, COSDictionary now, Set<String> keys, String field) {
        for (var key : keys) {
            var one = before.getDictionaryObject(COSName.getPDFName(key));
            var other = now.getDictionaryObject(COSName.getPDFName(key));
            if (!equal(one, other)) {
                noticed.add("field " + field + " was filled in");
            }
        }
        return keys;
    }

    private void compare(COSArray before, COSArray now, ChangeRule rule, String path) {
        if (now.size() < before.size() || (now.size() > before.size() && !rule.mayGrow())) {
            differs(path, rule.flaw());
            return;
        }
        for (int i = 0; i < before.size(); i++) {
            push(before.get(i), now.get(i), rule.inside(), path + "." + i);
        }
        for (int i = before.size(); i < now.size(); i++) {
            var added = path + "." + i;
            notLawful(now, before.size(), now.getObject(i), rule).ifPresent(reason -> differs(added, reason));
        }
    }

    /// @param before how many were there
    /// @return what is wrong with something that was added, or what a reader should look at
    private Optional<Reason> notLawful(COSArray owner, int before, @Nullable COSBase added, ChangeRule rule) {
        var signature = FieldKind.newSignature(added, signedSize);
        if (signature.isPresent()) {
            if (!FieldKind.isInvisibleTimestamp(signature.get())
                    && !permissions.signing(FieldKind.name(signature.get()))) {
                return Optional.of(Flaw.CHANGE_NOT_PERMITTED);
            }
            return added instanceof COSDictionary widget && pictures.obscures(owner, widget)
                    ? Optional.of(Gap.CONTENT_OBSCURED)
                    : Optional.empty();
        }
        if (rule != ChangeRule.ANNOTATIONS || !Comments.isComment(added)) {
            return Optional.of(permissions.certified() ? Flaw.CHANGE_NOT_PERMITTED : Flaw.CONTENT_ADDED_AFTER_SIGNING);
        }
        if (permissions.certified() && !permissions.commenting()) {
            return Optional.of(Flaw.CHANGE_NOT_PERMITTED);
        }
        noticed.add("a comment was added");
        // without a certification nobody forbade a mark on the text and nobody permitted it
        var asUsual =
                permissions.certified() ? Optional.<Reason>empty() : Optional.<Reason>of(Gap.NOT_ALL_CONTENT_COVERED);
        if (!(added instanceof COSDictionary comment) || !Comments.drawsItself(comment)) {
            return asUsual;
        }
        var beside = pictures.isBesideSigned(owner, before, comment);
        if (Comments.isAsUsual(comment, beside, budget)) {
            return asUsual;
        }
        if (!permissions.certified()) {
            return Optional.of(Flaw.CONTENT_ADDED_AFTER_SIGNING);
        }
        return Optional.of(beside ? Gap.NOT_ALL_CONTENT_COVERED : Gap.CONTENT_OBSCURED);
    }

    private void differs(String path, Reason reason) {
        changes.putIfAbsent(reason, new Change(path.startsWith(".") ? path.substring(1) : path, reason));
    }

    private static @Nullable COSBase value(@Nullable COSBase given) {
        var value = given instanceof COSObject reference ? reference.getObject() : given;
        return value instanceof COSNull ? null : value;
    }

    private static boolean equal(@Nullable COSBase before, @Nullable COSBase now) {
        if (before == null || now == null) {
            return before == null && now == null;
        }
        // COSInteger remembers whether it was out of range; the number is what counts
        if (before instanceof COSInteger one && now instanceof COSInteger other) {
            return one.longValue() == other.longValue();
        }
        // the same bytes are the same text; only other ones have to be decoded
        if (before instanceof COSString one
                && now instanceof COSString other
                && Arrays.equals(one.getBytes(), other.getBytes())) {
            return true;
        }
        return before.equals(now);
    }

    private static boolean same(COSStream before, COSStream now, ChangeRule rule) {
        if (!(before instanceof BoundedStream one) || !(now instanceof BoundedStream other)) {
            return false;
        }
        if (rule == ChangeRule.METADATA) {
            var packet = one.unpacked();
            var later = other.unpacked();
            return packet.isPresent() && later.isPresent() && Metadata.same(packet.get(), later.get());
        }
        try {
            return one.sameBytes(other);
        } catch (IOException e) {
            return false; // a stream whose bytes are not there has changed
        }
    }
}
