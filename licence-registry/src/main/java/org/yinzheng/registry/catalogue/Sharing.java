package org.yinzheng.registry.catalogue;

/// 共享属性: whether other bodies may use licences of a type (国发〔2016〕51号).
///
/// @param condition in Chinese: under which condition, or why not; empty when there is none
public record Sharing(Rule rule, String condition) {
    /// Of a pack that does not say.
    static final Sharing UNDECLARED = new Sharing(Rule.NONE, "");

    public enum Rule {
        UNCONDITIONAL("无条件共享"),
        CONDITIONAL("有条件共享"),
        NONE("不予共享");

        private final String chinese;

        Rule(String chinese) {
            this.chinese = chinese;
        }

        public String chinese() {
            return chinese;
        }
    }
}
