package org.yinzheng.signing.pdf;

import java.util.Set;
import org.yinzheng.signing.verdict.Flaw;

/// What may differ at a place of a document, between a signed revision and a later one.
enum ChangeRule {
    /// Nothing.
    SAME(Flaw.CONTENT_REPLACED_AFTER_SIGNING),
    TRAILER(Flaw.CONTENT_REPLACED_AFTER_SIGNING),
    CATALOG(Flaw.CONTENT_REPLACED_AFTER_SIGNING),
    /// A page or a node of the page tree: pages may get annotations.
    PAGES(Flaw.CONTENT_REPLACED_AFTER_SIGNING),
    /// Widgets of new signatures may be appended, and comments where they are permitted.
    ANNOTATIONS(Flaw.CHANGE_NOT_PERMITTED),
    /// There are signatures in it, so that it cannot go.
    FORM(Flaw.SIGNATURE_DICTIONARY_CHANGED),
    /// New signature fields may be appended.
    FIELDS(Flaw.SIGNATURE_DICTIONARY_CHANGED),
    /// A field that was there: it may be signed or filled in where that is permitted.
    FIELD(Flaw.CHANGE_NOT_PERMITTED),
    /// What belongs to a field that may not change (any more), or to the form as a whole.
    PART(Flaw.CHANGE_NOT_PERMITTED),
    /// A signature that was there.
    SIGNATURE(Flaw.SIGNATURE_DICTIONARY_CHANGED),
    /// What a signature permits.
    PERMISSIONS(Flaw.PERMISSIONS_CHANGED),
    /// Default resources of the form: further ones may be there.
    RESOURCES(Flaw.CONTENT_REPLACED_AFTER_SIGNING),
    INFORMATION(Flaw.CONTENT_REPLACED_AFTER_SIGNING),
    METADATA(Flaw.CONTENT_REPLACED_AFTER_SIGNING),
    /// Nothing that is shown hangs below.
    FREE(Flaw.CONTENT_REPLACED_AFTER_SIGNING);

    private static final Set<String> CHANGING_INFORMATION = Set.of("ModDate", "Producer", "Creator");

    private final Flaw flaw;

    ChangeRule(Flaw flaw) {
        this.flaw = flaw;
    }

    /// What a difference under this rule is.
    Flaw flaw() {
        return flaw;
    }

    /// For the value of a dictionary's key; of a field see [RevisionComparison].
    ChangeRule below(String key, boolean wasThere) {
        return switch (this) {
            case TRAILER ->
                switch (key) {
                    case "Root" -> CATALOG;
                    case "Info" -> INFORMATION;
                    case "Encrypt" -> SAME;
                    default -> FREE;
                };
            case CATALOG ->
                switch (key) {
                    case "AcroForm" -> FORM;
                    case "Pages" -> PAGES;
                    case "Perms" -> PERMISSIONS;
                    case "Metadata" -> wasThere ? METADATA : FREE;
                    // read aloud, never drawn: programs list the widgets of new signatures there
                    case "StructTreeRoot", "MarkInfo" -> FREE;
                    case "DSS", "Extensions", "Version" -> FREE;
                    default -> SAME;
                };
            case PAGES ->
                switch (key) {
                    case "Annots" -> ANNOTATIONS;
                    case "Kids", "Parent" -> PAGES;
                    case "Tabs", "LastModified" -> FREE;
                    default -> SAME;
                };
            case FORM ->
                switch (key) {
                    case "Fields" -> FIELDS;
                    case "SigFlags" -> FREE;
                    case "DR" -> wasThere ? RESOURCES : FREE;
                    case "DA" -> wasThere ? PART : FREE;
                    default -> PART;
                };
            case SIGNATURE -> key.equals("Reference") ? PERMISSIONS : SIGNATURE;
            case RESOURCES -> wasThere ? RESOURCES : FREE;
            case INFORMATION -> CHANGING_INFORMATION.contains(key) ? FREE : SAME;
            case FIELD, PART -> PART;
            case PERMISSIONS -> PERMISSIONS;
            case SAME, ANNOTATIONS, FIELDS, METADATA -> SAME;
            case FREE -> FREE;
        };
    }

    /// For the elements of an array that were there.
    ChangeRule inside() {
        return switch (this) {
            case ANNOTATIONS, FIELDS, FIELD -> FIELD;
            case PAGES, PART, SIGNATURE, PERMISSIONS -> this;
            default -> SAME;
        };
    }

    boolean mayGrow() {
        return this == ANNOTATIONS || this == FIELDS;
    }

    /// Whether nothing may differ, except what is known by itself: a page, a field.
    boolean isStrict() {
        return this == SAME || this == PART || this == SIGNATURE || this == PERMISSIONS;
    }
}
