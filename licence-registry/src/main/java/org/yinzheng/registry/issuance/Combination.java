package org.yinzheng.registry.issuance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.yinzheng.registry.catalogue.LicenceType;
import org.yinzheng.registry.catalogue.PrintedFacts;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.Part;
import org.yinzheng.registry.licence.Parts;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.signing.InvalidInput;

/// 一业一证: a licence that binds others of the same holder. Its page lists them, and the registry writes that
/// list.
///
/// @param licences in the order of the page; none for every other type
record Combination(List<Licence> licences) {
    private static final int FEWEST = 2;

    Combination {
        licences = List.copyOf(licences);
    }

    /// @throws InvalidInput when the request does not fit the type, or names a licence that is not its
    /// holder's
    static Combination of(LicenceType type, IssueRequest request, Intents.Work work) {
        if (type.combines().isEmpty()) {
            if (!request.parts().isEmpty()) {
                throw new InvalidInput("parts-not-taken", "parts", type.nameZh() + " binds no other licences");
            }
            return new Combination(List.of());
        }
        var field = type.combines().get();
        if (request.data().has(field)) {
            throw new InvalidInput("parts-filled-in", "data." + field, "the registry fills this in from the parts");
        }
        if (request.parts().size() < FEWEST) {
            throw new InvalidInput("parts", "parts", "a combined licence binds at least two licences");
        }
        var found = work.parts(request.parts()).stream()
                .filter(part -> part.holder().id().equals(request.holder().id()))
                .toList();
        if (found.size() < request.parts().size()) {
            throw new InvalidInput("part-unknown", "parts", "the holder has no such licence");
        }
        if (found.stream().anyMatch(part -> !part.entry().parts().all().isEmpty())) {
            throw new InvalidInput("part-combined", "parts", "a combined licence is no part of another");
        }
        return new Combination(found);
    }

    /// The part because of which nothing can be issued.
    Optional<IssueResult> refusal() {
        return licences.stream()
                .filter(part -> part.standing() != Standing.IN_FORCE)
                .map(part -> (IssueResult) new IssueResult.PartNotInForce(part.id(), part.standing()))
                .findFirst();
    }

    /// What was asked for, and the list.
    JsonNode fill(LicenceType type, JsonNode asked) {
        if (type.combines().isEmpty() || !(asked instanceof ObjectNode object)) {
            return asked;
        }
        var data = object.deepCopy();
        var rows = data.putArray(type.combines().get());
        licences.forEach(part -> rows.addObject()
                .put("KZ_ZZMC", part.typeName())
                .put("KZ_ZZBH", part.number().value())
                .put("KZ_BFJG", part.authority().name())
                .put("KZ_YXQZ", PrintedFacts.until(part.validUntil()))
                .put("KZ_ZZBS", part.id().value()));
        return data;
    }

    Parts parts() {
        return new Parts(licences.stream()
                .map(part -> new Part(
                        part.id(),
                        part.typeName(),
                        part.number().toString(),
                        part.standing(),
                        part.entry().disputed(),
                        part.entry().supersededBy()))
                .toList());
    }
}
