package org.yinzheng.api;

import org.yinzheng.registry.copy.CopyDesk;
import org.yinzheng.registry.dispute.Disputes;
import org.yinzheng.registry.erasure.Erasures;
import org.yinzheng.registry.life.LicenceLife;

/// What happens to licences once they are issued, until their holder's data is erased.
public record LifeParts(LicenceLife life, Disputes disputes, NoticeParts notices, CopyDesk copies, Erasures erasures) {}
