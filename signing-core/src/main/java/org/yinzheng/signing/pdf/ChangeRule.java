package org.yinzheng.signing.pdf;

import java.util.Set;

/// What may differ at a place of a document, between a signed revision and a later one.
enum ChangeRule {
    /// Nothing.
    SAME,
    TRAILER,
    CATALOG,
    /// A page or a node of the page tree: pages may get annotations.
    PAGES,
    /// Widgets of new signatures may be appended, and comments where they are permitted.
    ANNOTATIONS,
    FORM,
    /// New signature fields may be appended.
    FIELDS,
    /// A field that was there: it may be signed or filled in where that is permitted.
    FIELD,
    /// Default resources of the form: further ones may be there.
    RESOURCES,
    INFORMATION,
    METADATA,
    /// Nothing that is shown hangs below.
    FREE;

    private static final Set<String> CHANGING_INFORMATION = Set.of("ModDate", "Producer");

    /// For the value of a dictionary's key.
    ChangeRule below(String key, boolean wasThere) {
        return switch (this) {
            case TRAILER ->
                switch (key) {
                    case "Root" -> CATALOG;
                    case "Info" -> INFORMATION;
                    default -> FREE;
                };
            case CATALOG ->
                switch (key) {
                    case "AcroForm" -> FORM;
                    case "Pages" -> PAGES;
                    case "Metadata" -> wasThere ? METADATA : FREE; // Acrobat writes it when it signs
                    case "DSS", "Extensions", "Version" -> FREE;
                    default -> SAME;
                };
            case PAGES ->
                switch (key) {
                    case "Annots" -> ANNOTATIONS;
                    case "Kids", "Parent" -> PAGES;
                    default -> SAME;
                };
            case FORM ->
                switch (key) {
                    case "Fields" -> FIELDS;
                    case "SigFlags" -> FREE;
                    case "DR" -> wasThere ? RESOURCES : FREE;
                    case "DA" -> wasThere ? SAME : FREE;
                    default -> SAME;
                };
            case FIELD -> key.equals("Kids") || key.equals("Parent") ? FIELD : SAME;
            case RESOURCES -> wasThere ? RESOURCES : FREE;
            case INFORMATION -> CHANGING_INFORMATION.contains(key) ? FREE : SAME;
            case SAME, ANNOTATIONS, FIELDS, METADATA -> SAME;
            case FREE -> FREE;
        };
    }

    /// For the elements of an array that were there.
    ChangeRule inside() {
        return switch (this) {
            case ANNOTATIONS, FIELDS, FIELD -> FIELD;
            case PAGES -> PAGES;
            default -> SAME;
        };
    }

    boolean mayGrow() {
        return this == ANNOTATIONS || this == FIELDS;
    }
}
