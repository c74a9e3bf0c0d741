package org.yinzheng.registry.erasure;

import java.util.List;
import java.util.Set;
import org.yinzheng.registry.identity.LicenceId;

/// What an erasure takes, and what forbids it. Names nobody.
///
/// @param documents that go from the store; 0 while something forbids it
/// @param entries of the audit log that lose their clear part; 0 while something forbids it
public record ErasurePlan(List<Concerned> licences, int documents, int entries) {
    /// @param first whether he is its first holder: then it is erased as a whole, otherwise his name in it
    public record Concerned(LicenceId id, String typeName, boolean first, Set<Obstacle> obstacles) {}

    public ErasurePlan {
        licences = List.copyOf(licences);
    }

    /// Whether the registry has nothing of them.
    public boolean empty() {
        return licences.isEmpty();
    }

    public boolean allowed() {
        return licences.stream().allMatch(licence -> licence.obstacles().isEmpty());
    }
}
