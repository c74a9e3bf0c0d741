package org.yinzheng.api.verification;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.yinzheng.api.http.Upload;
import org.yinzheng.registry.licence.HolderKey;
import org.yinzheng.registry.licence.StoredRendition.Algorithm;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;

/// What somebody wants to know.
///
/// @param holder who is said to hold it, already as the registry's keyed hash
/// @param purpose what it is presented for, in their own words; recorded, and held against what a copy
/// (加注件) is for
/// @param at the time for which documents are judged; now, when absent
/// @param asker as signed in; absent for everybody else
public record Question(
        Subject subject,
        Optional<HolderKey> holder,
        Optional<String> purpose,
        Optional<Instant> at,
        Optional<String> asker) {
    /// A licence has a PDF, an OFD, an XML file and a QR credential, and somebody may add a copy.
    public static final int MOST_DOCUMENTS = 5;

    private static final int LONGEST_PURPOSE = 100;

    public Question {
        purpose = purpose.map(String::strip).filter(text -> !text.isEmpty());
        purpose.ifPresent(text -> {
            if (text.length() > LONGEST_PURPOSE || text.chars().anyMatch(Character::isISOControl)) {
                throw new InvalidInput("purpose", "purpose", "at most " + LONGEST_PURPOSE + " characters on one line");
            }
        });
    }

    public sealed interface Subject {
        /// One document, or several that are said to be one licence.
        record Documents(List<Upload> files) implements Subject {
            public Documents {
                files = List.copyOf(files);
            }

            /// Of all of them, in bytes.
            public long size() {
                return files.stream().mapToLong(file -> file.bytes().size()).sum();
            }
        }

        /// A document that stays with the asker.
        record ByDigest(Algorithm algorithm, Digest digest) implements Subject {}

        record ByIdentifier(String licenceId) implements Subject {}
    }

    public Question by(Optional<String> signedIn) {
        return new Question(subject, holder, purpose, at, signedIn);
    }

    /// How much there is to judge, in bytes.
    public long size() {
        return subject instanceof Subject.Documents documents ? documents.size() : 0;
    }

    @Override
    public String toString() {
        return "Question[" + subject.getClass().getSimpleName() + "]";
    }
}
