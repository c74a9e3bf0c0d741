/// Attacks on signed PDFs, a class of them in each file. Every forger here has what any stranger has: the signed
/// document, and keys that nobody believes; where a signer prepared the attack, its own key too. Start with
/// [PdfAttacks].
package org.yinzheng.testdata.corpus.pdf.attack;
