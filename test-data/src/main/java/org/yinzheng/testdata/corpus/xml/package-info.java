/// XML signatures: what other programs make, what this project makes, and what forgers make of both. Start with
/// [XmlSpecimens].
package org.yinzheng.testdata.corpus.xml;
