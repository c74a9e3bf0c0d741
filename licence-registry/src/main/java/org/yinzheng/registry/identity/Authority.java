package org.yinzheng.registry.identity;

/// 颁发机构: the body that issues a licence under its seal.
public record Authority(CreditCode code, String name) {}
