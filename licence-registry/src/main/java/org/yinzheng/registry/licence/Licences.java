package org.yinzheng.registry.licence;

import java.util.List;
import java.util.Optional;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;

/// The registered licences. Every method throws [org.yinzheng.signing.Failure.NotDone] while the database is away.
public interface Licences {
    Optional<Licence> find(LicenceId id);

    /// As [#find], and only if `owner` is one of its holders or agents: for those who may see their own licences and no
    /// others.
    Optional<Licence> findOwn(LicenceId id, HolderId owner);

    /// All licences under one number (一号), newest first, superseded ones among them.
    ///
    /// @param limit 1 to 100
    /// @param after [LicencePage#next] of the part before
    /// @throws org.yinzheng.signing.InvalidInput `cursor` when `after` is not one of ours
    LicencePage ofHolder(HolderId holder, int limit, Optional<String> after);

    /// The one that is not superseded, when a correction kept the number.
    Optional<Licence> byNumber(String typeCode, LicenceNumber number);

    /// The stored bytes, checked against their digest.
    Optional<DocumentBytes> rendition(LicenceId id, Format format);

    /// @param licenceId as found in a document: text that is no licence identifier is just not found
    Optional<StandingFact> standing(String licenceId);

    HolderKey key(HolderId holder);

    /// @return who hold it, agents not among them; none when there is no such licence
    List<HolderKey> holdersOf(LicenceId id);

    /// The licence of which the registry stored these very bytes.
    ///
    /// @param digest of either algorithm
    Optional<StoredRendition> renditionBy(StoredRendition.Algorithm algorithm, Digest digest);

    /// Fills in the second digest of renditions that were stored before there was one.
    ///
    /// @return how many it filled in
    int addMissingDigests(int most);
}
