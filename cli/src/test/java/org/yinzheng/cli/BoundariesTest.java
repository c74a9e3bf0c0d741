package org.yinzheng.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yinzheng.cli.planted.SpeaksHttp;
import org.yinzheng.registry.planted.AsksDatabase;
import org.yinzheng.signing.planted.ShowsCryptoType;

/// The boundaries of the modules. Each rule is also held against a planted violation, so that none can pass unread.
class BoundariesTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.yinzheng");

    private static final List<String> LIBRARIES_OF_THE_CRAFT = List.of(
            "org.bouncycastle.",
            "org.apache.pdfbox.",
            "org.apache.fontbox.",
            "com.itextpdf.",
            "org.apache.xml.security.",
            "com.nimbusds.",
            "com.google.zxing.",
            "org.yinzheng.shaded.");

    /// Santuario makes the algorithms that are registered with it by reflection, and that needs public classes.
    private static final String MADE_BY_SANTUARIO = "org.apache.xml.security.algorithms.SignatureAlgorithmSpi";

    private static final ArchRule NO_LIBRARY_IN_SIGNATURES = codeUnits()
            .that(describe(
                    "are public, in public classes of signing-core",
                    unit -> unit.getOwner().getPackageName().startsWith("org.yinzheng.signing")
                            && open(unit)
                            && open(unit.getOwner())
                            && !unit.getOwner().isAssignableTo(MADE_BY_SANTUARIO)))
            .should(nameNoLibraryType());

    private static final ArchRule SQL_IN_POSTGRES_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage("org.yinzheng.registry.postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..", "javax.sql..", "org.postgresql..", "com.zaxxer..", "org.flywaydb..", "io.zonky..");

    private static final ArchRule HTTP_IN_API_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage("org.yinzheng.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..", "java.net.http..", "com.sun.net.httpserver..");

    @Test
    void libraryType_inPublicSignatureOfSigningCore_isRefused() {
        NO_LIBRARY_IN_SIGNATURES.check(OURS);
        assertRefuses(NO_LIBRARY_IN_SIGNATURES, ShowsCryptoType.class);
    }

    @Test
    void sql_outsidePostgresPackage_isRefused() {
        SQL_IN_POSTGRES_ONLY.check(OURS);
        assertRefuses(SQL_IN_POSTGRES_ONLY, AsksDatabase.class);
    }

    @Test
    void http_outsideVerificationApi_isRefused() {
        HTTP_IN_API_ONLY.check(OURS);
        assertRefuses(HTTP_IN_API_ONLY, SpeaksHttp.class);
    }

    @Test
    void packages_dependOneWay() {
        slices().matching("org.yinzheng.(*).(*)..").should().beFreeOfCycles().check(OURS);
    }

    private static void assertRefuses(ArchRule rule, Class<?> planted) {
        var violation = new ClassFileImporter().importClasses(planted);
        assertThatThrownBy(() -> rule.check(violation)).isInstanceOf(AssertionError.class);
    }

    /// Public itself, and in nothing that is not.
    private static boolean open(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(BoundariesTest::open).orElse(true);
    }

    private static boolean open(JavaCodeUnit unit) {
        return unit.getModifiers().contains(JavaModifier.PUBLIC)
                || unit.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static ArchCondition<JavaCodeUnit> nameNoLibraryType() {
        return new ArchCondition<>("name no type of a library of the craft") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                Stream.of(
                                unit.getParameterTypes().stream(),
                                Stream.of(unit.getReturnType()),
                                unit.getThrowsClause().getTypes().stream())
                        .flatMap(types -> types)
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .map(JavaType::getName)
                        .filter(name -> LIBRARIES_OF_THE_CRAFT.stream().anyMatch(name::startsWith))
                        .forEach(name ->
                                events.add(SimpleConditionEvent.violated(unit, unit.getFullName() + " names " + name)));
            }
        };
    }
}
