package org.yinzheng.api;

import java.nio.file.Path;
import org.yinzheng.registry.document.DocumentStore;
import org.yinzheng.registry.seals.Seals;
import org.yinzheng.registry.stamping.Batches;
import org.yinzheng.registry.stamping.Rehearsal;
import org.yinzheng.registry.stamping.Stamping;

/// What stamping documents needs.
///
/// @param spool a folder for documents on their way in and out; emptied at the start
public record StampingParts(
        Stamping stamping, Batches batches, Rehearsal rehearsal, Seals seals, DocumentStore documents, Path spool) {}
