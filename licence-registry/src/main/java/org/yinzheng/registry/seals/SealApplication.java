package org.yinzheng.registry.seals;

import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.seal.SealKind;
import org.yinzheng.signing.seal.SealPicture;

/// What a custodian asks for.
///
/// @param id allotted elsewhere, such as by the public security's register; absent: this registry allots one
/// @param name as it stands in the seal
/// @param lowerText the line of a special-purpose seal, or empty
/// @param keeper whose custodians will keep it
public record SealApplication(
        Optional<String> id,
        SealKind kind,
        String name,
        SealHolder holder,
        String lowerText,
        Authority keeper,
        SealPicture picture,
        LocalDate validUntil,
        GuardRails rails) {
    private static final Pattern ID = Pattern.compile("[0-9]{14}");
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_LINE = 40;
    private static final int LARGEST_PICTURE = 1 << 20;

    public SealApplication {
        if (id.filter(given -> !ID.matcher(given).matches()).isPresent()) {
            throw new InvalidInput("seal-id", "id", "14 digits: six of the division, eight of a serial");
        }
        if (name.isBlank() || name.length() > LONGEST_NAME || !name.equals(name.strip())) {
            throw new InvalidInput("seal-name", "name", "1 to 100 characters and no space around them");
        }
        if (lowerText.length() > LONGEST_LINE || (kind == SealKind.SPECIAL_PURPOSE && lowerText.isBlank())) {
            throw new InvalidInput(
                    "seal-lower-text", "lowerText", "at most 40 characters; a special-purpose seal says what for");
        }
        if ((kind == SealKind.PERSONAL_NAME) != (holder.kind() == SealHolder.Kind.PERSON)) {
            throw new InvalidInput("seal-kind", "kind", "a person has a name seal (05), and nobody else has one");
        }
        if (picture.png().size() > LARGEST_PICTURE) {
            throw new InvalidInput("seal-picture", "picture", "at most 1 MB");
        }
    }
}
