package org.yinzheng.registry.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yinzheng.registry.catalogue.Finding.Rule;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.testdata.SampleCatalogue;

class LintTest {
    private static final Lint LINT = new Lint(Typefaces.find());

    @TempDir
    private Path folder;

    @Test
    void demonstrationsCatalogue_hasNoFinding() throws Exception {
        var result = LINT.check(Packs.write(folder, SampleCatalogue.files()));
        assertThat(result.findings()).isEmpty();
        assertThat(result.packs()).isGreaterThanOrEqualTo(24);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "planning-permit.yaml | {KZ_JSWZ} | {KZ_JSWX} | UNKNOWN_FIELD | schema.properties",
                "real-estate-certificate.yaml | {KZ_FE} | {KZ_FX} | UNKNOWN_FIELD | schema.properties",
                "identity-card.yaml | photo: KZ_ZP | photo: KZ_XX | UNKNOWN_FIELD | schema.properties",
                "planning-permit.yaml | frame: permit | frame: permits | FRAME | template.frame",
                "planning-permit.yaml | latin: CONS | latinx: CONS | FRAME | template.set.latinx",
                "identity-card.yaml | codes/gbt-3304 | codes/gbt-3305 | CODE_LIST | schema.properties.KZ_MZ.$ref",
                "codes/gbt-3304.yaml | codes: | list: | CODE_LIST | list",
                "planning-permit.yaml | type: object | type: objekt | SCHEMA | schema",
                "identity-card.yaml | KZ_MZ: 汉族 | KZ_MZ: 汉 | SAMPLE | examples[0].data.KZ_MZ",
                "identity-card.yaml | id: 339902198804123173 | id: 339902198804123174 | SAMPLE | examples[0].holders[0].id",
                "food-licence.yaml | holderKinds: [CREDIT_CODE] | holderKinds: [CITIZEN_ID] | SAMPLE | examples[0].holderId",
                "marriage-certificate.yaml | severalHolders: true | severalHolders: false | SAMPLE | examples[0].holders",
                "planning-permit.yaml | examples: | examplez: | UNREADABLE | examplez",
                "planning-permit.yaml | 'en: Construction planning permit' | 'en: 规划许可' | LANGUAGE | name.en",
                "planning-permit.yaml | ', en: Construction planning permit' | '' | LANGUAGE | name.en",
                "planning-permit.yaml | 'zh: 建设工程规划许可证' | 'zh: Permit' | LANGUAGE | name.zh",
                "planning-permit.yaml | 'zh: 建设工程规划许可证' | 'zh: 排污许可证' | DUPLICATE | name.zh",
                "planning-permit.yaml | '113399000077441170017' | '113399000077441170018' | DUPLICATE | version",
                "planning-permit.yaml | '113399000077441170017' | '113399000077441171017' | UNREADABLE | code",
                "planning-permit.yaml | 'sharing: {rule: unconditional}' | '# none' | UNDECLARED | sharing",
                "planning-permit.yaml | 'sharing: {rule: unconditional}' | 'sharing: {rule: none}' | UNREADABLE | sharing.condition",
                "planning-permit.yaml | 'title: 建设位置, ' | '' | UNDECLARED | schema.properties.KZ_JSWZ.title",
                "water-licence.yaml | 'untilField: KZ_YXQZ' | 'untilField: KZ_QSDD' | UNREADABLE | validity.untilField",
                "planning-permit.yaml | 'rows:' | 'area: [30, 98, 150, 20]~    rows:' | OVERFLOW | examples[0]"
            })
    void plantedFault_isFoundWhereItIs(String file, String right, String wrong, Rule rule, String path)
            throws Exception {
        var changed = wrong.replace('~', '\n');
        var result = LINT.check(Packs.write(folder, Packs.with(file, right, changed)));
        assertThat(result.findings()).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.path()).isEqualTo(path == null ? "" : path);
        });
    }

    @Test
    void packWithoutSample_isFound() throws Exception {
        var text = Packs.text("planning-permit.yaml");
        var files = new TreeMap<>(SampleCatalogue.files());
        files.put("planning-permit.yaml", text.substring(0, text.indexOf("examples:")));
        assertThat(LINT.check(Packs.write(folder, files)).findings())
                .extracting(Finding::rule)
                .containsExactly(Rule.NO_SAMPLE);
    }

    @Test
    void twoVersionsOfOneDay_overlap_andNotWhenOneEndsBefore() throws Exception {
        var files = new TreeMap<>(SampleCatalogue.files());
        var first = Packs.text("planning-permit.yaml");
        files.put(
                "planning-permit-2.yaml",
                first.replace("version: \"1\"", "version: \"2\"").replace("2020-01-01", "2026-07-01"));
        assertThat(LINT.check(Packs.write(folder, files)).findings())
                .extracting(Finding::rule)
                .containsExactly(Rule.OVERLAP);
        files.put("planning-permit.yaml", first.replace("{from: 2020-01-01}", "{from: 2020-01-01, until: 2026-06-30}"));
        assertThat(LINT.check(Packs.write(folder, files)).findings()).isEmpty();
    }

    @Test
    void onePack_isCheckedAlone_againstItsNeighbours() throws Exception {
        Packs.write(folder, Packs.with("planning-permit.yaml", "{KZ_JSWZ}", "{KZ_JSWX}"));
        assertThat(LINT.check(folder.resolve("planning-permit.yaml")).findings())
                .hasSize(1);
        var other = LINT.check(folder.resolve("identity-card.yaml"));
        assertThat(other.findings()).isEmpty();
        assertThat(other.packs()).isEqualTo(1);
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> LINT.check(folder.resolve("none.yaml")));
    }
}
