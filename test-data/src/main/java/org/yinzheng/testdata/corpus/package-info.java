/// The corpus: documents that a verifier must refuse, and documents that it must pass, each with the verdict that is
/// right and the reason for it. Made anew at each start with keys that exist in memory only; nobody outside believes
/// them. Start with [Corpus] and [Specimen]; the documents of each format are in a package of their own.
package org.yinzheng.testdata.corpus;
