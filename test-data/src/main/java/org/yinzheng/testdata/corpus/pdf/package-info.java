/// Specimens that are PDFs, and the tools they are made with: updates written by hand, bytes cut and pasted, values
/// that no honest signer makes. Each class of attacks has a file of its own.
package org.yinzheng.testdata.corpus.pdf;
