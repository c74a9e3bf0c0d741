package org.yinzheng.signing.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.KeyStrength;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Gap;

/// The last days on which algorithms and keys were safe to sign with, from a text file that explains itself line by
/// line. What was signed before that day, provably, stays signed.
public final class AlgorithmPolicy {
    private static final String STEP = "algorithm-policy";
    private static final String CLAUSE = "ETSI EN 319 102-1 §5.2.8";
    private static final int LARGEST = 1 << 20;
    private static final AlgorithmPolicy STANDARD = resource();

    private final String text;
    private final List<Rule> rules;

    private AlgorithmPolicy(String text, List<Rule> rules) {
        this.text = text;
        this.rules = List.copyOf(rules);
    }

    /// As [#parse] reads it.
    public String text() {
        return text;
    }

    /// The one that comes with the program.
    public static AlgorithmPolicy standard() {
        return STANDARD;
    }

    /// @throws InvalidInput `policy-form`, naming the line; `policy-file` when there is no such file
    /// @throws Failure.NotDone when it cannot be read
    public static AlgorithmPolicy load(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInput("policy-file", "", "the file of the algorithm policy does not exist");
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw new InvalidInput("policy-form", "", "a policy of at most 1 MB");
            }
            return parse(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new InvalidInput("policy-form", "", "a text in UTF-8");
        } catch (IOException e) {
            throw new Failure.NotDone("the algorithm policy cannot be read: check its permissions", e);
        }
    }

    /// @throws InvalidInput `policy-form`, naming the line
    public static AlgorithmPolicy parse(String text) {
        var rules = new ArrayList<Rule>();
        int number = 0;
        for (var line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                var rule = Rule.parse(line, number);
                if (rules.stream().anyMatch(rule::isAboutTheSame)) {
                    throw new InvalidInput("policy-form", "line " + number, "each thing has one line");
                }
                rules.add(rule);
            }
        }
        if (rules.isEmpty()) {
            throw new InvalidInput("policy-form", "", "a policy has at least one line");
        }
        return new AlgorithmPolicy(text, rules);
    }

    /// The check `algorithm-policy`: whether everything that a signature relies on was safe.
    ///
    /// @param at when the signature is proven to have existed, or else the validation time
    public Check check(Collection<? extends Use> uses, Instant at) {
        var faults = uses.stream().flatMap(use -> fault(use, at).stream()).toList();
        if (faults.isEmpty()) {
            var what = uses.stream().map(AlgorithmPolicy::name).distinct().collect(Collectors.joining(", "));
            return Check.passed(STEP, what + ": safe at " + at, CLAUSE);
        }
        var found = faults.stream().map(Fault::found).distinct().collect(Collectors.joining("; "));
        return Check.failed(STEP, found, CLAUSE, faults.getFirst().gap());
    }

    /// Whether [#check] passes.
    public boolean allows(Collection<? extends Use> uses, Instant at) {
        return uses.stream().noneMatch(use -> fault(use, at).isPresent());
    }

    private record Fault(String found, Gap gap) {}

    private Optional<Fault> fault(Use use, Instant at) {
        return switch (use) {
            case Use.OfDigest digest -> fault(digest, Rule.Kind.DIGEST, digest.name(), at);
            case Use.OfScheme scheme ->
                fault(scheme, Rule.Kind.SIGNATURE, scheme.scheme().family().name(), at)
                        .or(() -> scheme.scheme().namesDigest()
                                ? fault(
                                        scheme,
                                        Rule.Kind.DIGEST,
                                        scheme.scheme().digestName(),
                                        at)
                                : Optional.empty());
            case Use.OfKey key -> {
                var strength = KeyStrength.of(key.key());
                yield strength.isEmpty()
                        ? Optional.of(new Fault(key.where() + ": a key of an unknown kind", Gap.ALGORITHM_NOT_LISTED))
                        : strength.get().countsBits()
                                ? length(key, strength.get(), at)
                                : fault(key, Rule.Kind.KEY, strength.get().name(), at);
            }
        };
    }

    private Optional<Fault> fault(Use use, Rule.Kind kind, String name, Instant at) {
        var rule = rules.stream()
                .filter(one -> one.kind() == kind && one.name().equals(name))
                .findFirst();
        if (rule.isEmpty()) {
            return Optional.of(new Fault(use.where() + ": " + name + " is not listed", Gap.ALGORITHM_NOT_LISTED));
        }
        return rule.get().isSafe(at) ? Optional.empty() : Optional.of(unsafe(use, rule.get()));
    }

    /// The longest listed length that the key reaches counts; a key shorter than any was never safe.
    private Optional<Fault> length(Use use, KeyStrength strength, Instant at) {
        var rule = rules.stream()
                .filter(one -> one.kind() == Rule.Kind.KEY && one.name().equals(strength.name()))
                .filter(one -> one.bits() <= strength.bits())
                .max(java.util.Comparator.comparingInt(Rule::bits));
        if (rule.isEmpty()) {
            return Optional.of(
                    new Fault(use.where() + ": " + strength + " is shorter than any that is listed", Gap.KEY_TOO_WEAK));
        }
        return rule.get().isSafe(at) ? Optional.empty() : Optional.of(unsafe(use, rule.get()));
    }

    private static Fault unsafe(Use use, Rule rule) {
        return new Fault(
                use.where() + ": " + name(use) + " was safe until " + rule.end() + " (" + rule.source() + ")",
                rule.kind() == Rule.Kind.KEY ? Gap.KEY_TOO_WEAK : Gap.ALGORITHM_WEAK);
    }

    private static String name(Use use) {
        return switch (use) {
            case Use.OfDigest digest -> digest.name();
            case Use.OfScheme scheme -> scheme.scheme().toString();
            case Use.OfKey key ->
                KeyStrength.of(key.key()).map(KeyStrength::toString).orElse("a key of an unknown kind");
        };
    }

    private static AlgorithmPolicy resource() {
        try (InputStream stream = AlgorithmPolicy.class.getResourceAsStream("algorithm-policy.txt")) {
            if (stream == null) {
                throw new IllegalStateException("the program comes without its algorithm policy");
            }
            return parse(new String(stream.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("the program's own algorithm policy cannot be read", e);
        }
    }
}
