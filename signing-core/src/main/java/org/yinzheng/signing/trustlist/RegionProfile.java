package org.yinzheng.signing.trustlist;

import static org.yinzheng.signing.trustlist.TrustListJson.known;
import static org.yinzheng.signing.trustlist.TrustListJson.texts;
import static org.yinzheng.signing.trustlist.TrustListJson.time;
import static org.yinzheng.signing.trustlist.TrustListJson.wrong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yinzheng.signing.key.KeyStrength;

/// What we ask of another city's signatures before we believe its list (互认要求): ours, never theirs.
///
/// @param kinds of entries that count
/// @param sealTypes type codes of seals that count; empty: all
/// @param keys what signers' keys must be, by name with the fewest bits, such as `RSA` 2048, `SM2` 256; empty: any
/// @param timestampRequired whether the time must be proven
/// @param from when recognition began
/// @param until when it ends, or empty
public record RegionProfile(
        Set<TrustEntry.Kind> kinds,
        Set<Integer> sealTypes,
        Map<String, Integer> keys,
        boolean timestampRequired,
        Instant from,
        Optional<Instant> until) {
    private static final Set<String> MEMBERS =
            Set.of("kinds", "sealTypes", "keys", "timestampRequired", "from", "until");

    public RegionProfile {
        kinds = Set.copyOf(kinds);
        sealTypes = Set.copyOf(sealTypes);
        keys = Map.copyOf(keys);
    }

    /// Every kind and seal, keys that are safe today, from a time on.
    public static RegionProfile standard(Instant from) {
        return new RegionProfile(
                Set.of(TrustEntry.Kind.values()),
                Set.of(),
                Map.of("RSA", 2048, "P-256", 256, "SM2", 256),
                false,
                from,
                Optional.empty());
    }

    /// What the signature does not meet; empty when it meets all.
    ///
    /// @param used when it was made, as far as is known
    Optional<String> unmet(TrustEntry.Kind kind, X509Certificate signer, boolean proven, Instant used) {
        var strength = KeyStrength.of(signer.getPublicKey());
        if (!kinds.contains(kind)) {
            return Optional.of("entries of the kind " + kind + " are not recognised");
        }
        if (!keys.isEmpty()
                && strength.filter(key -> keys.containsKey(key.name()) && key.bits() >= keys.get(key.name()))
                        .isEmpty()) {
            return Optional.of("a key of another kind or shorter than agreed: "
                    + strength.map(KeyStrength::toString).orElse("unknown"));
        }
        if (timestampRequired && !proven) {
            return Optional.of("nothing proves the time, and a timestamp was agreed");
        }
        return used.isBefore(from) || until.filter(used::isAfter).isPresent()
                ? Optional.of("recognised from " + from
                        + until.map(end -> " until " + end).orElse(""))
                : Optional.empty();
    }

    boolean accepts(int sealType) {
        return sealTypes.isEmpty() || sealTypes.contains(sealType);
    }

    public ObjectNode toJson() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("timestampRequired", timestampRequired)
                .put("from", from.toString());
        until.ifPresent(end -> json.put("until", end.toString()));
        var names = kinds.stream()
                .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
        names.forEach(json.putArray("kinds")::add);
        new TreeSet<>(sealTypes).forEach(json.putArray("sealTypes")::add);
        new TreeMap<>(keys).forEach(json.putObject("keys")::put);
        return json;
    }

    /// @throws org.yinzheng.signing.InvalidInput `trust-list-form`, naming the member
    public static RegionProfile read(JsonNode json) {
        known(json, MEMBERS, "");
        var kinds = texts(json, "kinds", "").stream()
                .map(name -> TrustListJson.kind(name, "kinds"))
                .collect(Collectors.toSet());
        var sealTypes = new TreeSet<Integer>();
        for (var type : TrustListJson.array(json, "sealTypes", 100)) {
            if (!type.isInt()) {
                throw wrong("sealTypes", "type codes of seals");
            }
            sealTypes.add(type.intValue());
        }
        var keys = new TreeMap<String, Integer>();
        json.path("keys").properties().forEach(key -> {
            if (!key.getValue().isInt()) {
                throw wrong("keys." + key.getKey(), "a number of bits");
            }
            keys.put(key.getKey(), key.getValue().intValue());
        });
        if (!json.path("timestampRequired").isBoolean()) {
            throw wrong("timestampRequired", "true or false");
        }
        return new RegionProfile(
                kinds,
                sealTypes,
                keys,
                json.path("timestampRequired").booleanValue(),
                time(json, "from", ""),
                json.has("until") ? Optional.of(time(json, "until", "")) : Optional.empty());
    }
}
