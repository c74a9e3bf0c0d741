/// Material for tests and the demonstration only: catalogue packs, scans of invented paper licences with their
/// index.
/// Every person and body is invented; their codes pass their check digits.
package org.yinzheng.testdata;
