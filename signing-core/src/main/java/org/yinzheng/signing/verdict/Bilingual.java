package org.yinzheng.signing.verdict;

/// One plain sentence for a person, in both languages.
public record Bilingual(String zh, String en) {}
