/// The signed list of whom we believe: authorities, seal makers, certification authorities, timestamp authorities, each
/// for a time; and the lists of other cities under what we agreed with them. Nothing of a document is believed.
/// Start with [TrustList]; [TrustListStore] keeps them, [ListedTrust] judges by them.
package org.yinzheng.signing.trustlist;
