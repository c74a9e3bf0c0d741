package org.yinzheng.registry.licence;

import java.util.List;
import java.util.Optional;

/// What a combined licence binds, in the order of its page; nothing for every other licence. A combined
/// licence is in force as long as all of its parts are: it says that its holder has every one of them.
public record Parts(List<Part> all) {
    public static final Parts NONE = new Parts(List.of());

    /// What weighs more comes first.
    private static final List<Standing> WEIGHT = List.of(
            Standing.REVOKED, Standing.SUSPENDED, Standing.EXPIRED, Standing.SUPERSEDED, Standing.NOT_YET_VALID);

    public Parts {
        all = List.copyOf(all);
    }

    /// The part for which the whole is not in force.
    public Optional<Part> ended() {
        return WEIGHT.stream()
                .flatMap(standing -> all.stream().filter(part -> part.standing() == standing))
                .findFirst();
    }

    public Optional<Part> disputed() {
        return all.stream().filter(Part::disputed).findFirst();
    }

    /// What the whole is, as it would be `own` without parts.
    public Standing standing(Standing own) {
        return own == Standing.IN_FORCE ? ended().map(Part::standing).orElse(own) : own;
    }
}
