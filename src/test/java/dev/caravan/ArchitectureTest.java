package dev.caravan;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The arrows of docs/architecture.md point down only. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.caravan");

    @Test
    void eachLayerKnowsOnlyTheOnesBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("command")
                .definedBy("dev.caravan.command..")
                .layer("console")
                .definedBy("dev.caravan.console..")
                .layer("migration")
                .definedBy("dev.caravan.migration..")
                .layer("connector")
                .definedBy("dev.caravan.connector..")
                .layer("transform")
                .definedBy("dev.caravan.transform..")
                .layer("transport")
                .definedBy("dev.caravan.transport..")
                .layer("ledger")
                .definedBy("dev.caravan.ledger..")
                .layer("model")
                .definedBy("dev.caravan.model..")
                .whereLayer("command")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("console")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("migration")
                .mayOnlyBeAccessedByLayers("command", "console")
                .whereLayer("connector")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("transform")
                .mayOnlyBeAccessedByLayers("migration", "connector", "command")
                .whereLayer("transport")
                .mayOnlyBeAccessedByLayers("migration", "connector", "transform", "command")
                .whereLayer("ledger")
                .mayOnlyBeAccessedByLayers("migration", "connector", "command", "console")
                .check(CLASSES);
    }

    @Test
    void noConnectorKnowsAnother() {
        slices().matching("dev.caravan.connector.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void noPackageIsCalledUtilOrCommon() {
        ArchRuleDefinition.noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..")
                .check(CLASSES);
    }
}
