/// Until when an algorithm or a key length proves anything: a text file that an operator can read and replace. Computes
/// nothing itself and knows no format. Start with [AlgorithmPolicy].
package org.yinzheng.signing.policy;
