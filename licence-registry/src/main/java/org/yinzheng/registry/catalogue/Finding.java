package org.yinzheng.registry.catalogue;

import java.util.Locale;

/// Something in a catalogue folder that is wrong, where, and what to do next.
///
/// @param file as it is called in the folder
/// @param path of the key at fault in the file; empty for the file itself
/// @param detail what exactly, in English; never a value of a sample
public record Finding(String file, String path, Rule rule, String detail) {
    /// What a catalogue has to fulfil.
    public enum Rule {
        UNREADABLE(
                "文件无法读取或含有不认识的内容",
                "the file cannot be read, or holds what is not known",
                "按提示改正该键",
                "correct that key"),
        DUPLICATE(
                "代码、名称或版本重复",
                "a code, name or version stands there twice",
                "改用未使用的代码或版本号",
                "give it a code or version of its own"),
        OVERLAP(
                "两个版本的启用期重叠",
                "two versions are in force on one day",
                "给前一版本写上 effective.until",
                "end the earlier one with effective.until"),
        UNDECLARED("缺少目录要求的声明", "a declaration that a catalogue needs is missing", "补上该键", "add that key"),
        LANGUAGE("缺少中文或英文名称", "the name lacks Chinese or English", "补上两种语言的名称", "write the name in both"),
        CODE_LIST(
                "代码表不存在或无法读取",
                "the code list does not exist or cannot be read",
                "在 codes/ 中加入该代码表",
                "add the list to codes/"),
        FRAME(
                "共用版面不存在或参数不对",
                "the frame does not exist, or its parameters are wrong",
                "对照 shared/ 中的参数",
                "compare with the parameters in shared/"),
        SCHEMA(
                "数据结构不是有效的 JSON Schema 2020-12",
                "the schema is no JSON Schema 2020-12",
                "按提示改正 schema",
                "correct the schema"),
        UNKNOWN_FIELD(
                "模板印出数据结构中没有的数据项",
                "the template prints a field that the schema has not",
                "改正名称，或在 schema 中加入该项",
                "correct its name, or add it to the schema"),
        NO_SAMPLE("没有样例数据", "there is no sample", "在 examples 中加入一份样例", "add one under examples"),
        SAMPLE("样例数据不合要求", "a sample breaks a rule", "改正样例", "correct the sample"),
        OVERFLOW(
                "样例在版面上放不下",
                "a sample does not fit the page",
                "加大版面区域或允许附页",
                "give it more room, or a continuation page");

        private final String chinese;
        private final String english;
        private final String nextChinese;
        private final String nextEnglish;

        Rule(String chinese, String english, String nextChinese, String nextEnglish) {
            this.chinese = chinese;
            this.english = english;
            this.nextChinese = nextChinese;
            this.nextEnglish = nextEnglish;
        }

        /// A stable code, such as `unknown-field`.
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public String chinese() {
            return chinese;
        }

        public String english() {
            return english;
        }

        public String nextChinese() {
            return nextChinese;
        }

        public String nextEnglish() {
            return nextEnglish;
        }
    }
}
