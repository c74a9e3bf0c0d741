/// A document with everything that its judgement rested on, in one file that can be judged again years later and
/// without a network. What it brings is evidence, never trust. Start with [EvidenceBundle].
package org.yinzheng.signing.evidence;
