package mlopsprimer.checks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.ObjectInputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules for the dependencies between packages and classes. In the list prices, features, forest,
 * store, trainer or api, a package may use only the packages before it.
 */
@AnalyzeClasses(locations = ArchitectureTest.Modules.class)
class ArchitectureTest {
  /** Locations of the compiled classes of every module. */
  static final class Modules implements LocationProvider {
    @Override
    public Set<Location> get(Class<?> test) {
      return Stream.of(
              "contract",
              "apps/model",
              "apps/mlflow",
              "apps/trainer",
              "apps/api",
              "infra",
              "node-provider")
          .map(module -> Program.ROOT.resolve(module).resolve("target/classes"))
          .map(Location::of)
          .collect(Collectors.toSet());
    }
  }

  /** Every class of this project with the classes nested in it. */
  private static final class TopLevelClasses implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      return javaClass.getPackageName().startsWith("mlopsprimer")
          ? SliceIdentifier.of(javaClass.getName().replaceAll("\\$.*", ""))
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "top-level classes";
    }
  }

  @ArchTest
  void dependenciesPointOneWay(JavaClasses classes) {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("prices")
        .definedBy("mlopsprimer.prices..")
        .layer("features")
        .definedBy("mlopsprimer.features..")
        .layer("forest")
        .definedBy("mlopsprimer.forest..")
        .layer("store")
        .definedBy("mlopsprimer.store..")
        .layer("trainer")
        .definedBy("mlopsprimer.trainer..")
        .layer("api")
        .definedBy("mlopsprimer.api..")
        .whereLayer("trainer")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("api")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("trainer", "api")
        .whereLayer("forest")
        .mayOnlyBeAccessedByLayers("store", "trainer", "api")
        .whereLayer("features")
        .mayOnlyBeAccessedByLayers("forest", "store", "trainer", "api")
        .check(classes);
  }

  @ArchTest
  void theContractDependsOnTheJdkOnly(JavaClasses classes) {
    classes()
        .that()
        .resideInAPackage("mlopsprimer.contract..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("mlopsprimer.contract..", "java..")
        .check(classes);
  }

  @ArchTest
  void infraUsesOnlyTheContract(JavaClasses classes) {
    usesOnlyTheContract("mlopsprimer.infra..", classes);
  }

  @ArchTest
  void nodeProviderUsesOnlyTheContract(JavaClasses classes) {
    usesOnlyTheContract("mlopsprimer.nodeprovider..", classes);
  }

  private static void usesOnlyTheContract(String packages, JavaClasses classes) {
    noClasses()
        .that()
        .resideInAPackage(packages)
        .should()
        .dependOnClassesThat(
            resideInAPackage("mlopsprimer..")
                .and(resideOutsideOfPackages("mlopsprimer.contract..", packages)))
        .check(classes);
  }

  @ArchTest
  void noPackageDependsOnItselfThroughAnother(JavaClasses classes) {
    slices().matching("mlopsprimer.(**)").should().beFreeOfCycles().check(classes);
  }

  @ArchTest
  void noClassDependsOnItselfThroughAnother(JavaClasses classes) {
    slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles().check(classes);
  }

  @ArchTest
  void onlyOnePackageUsesWeka(JavaClasses classes) {
    noClasses()
        .that()
        .resideOutsideOfPackage("mlopsprimer.trainer.weka")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("weka..")
        .check(classes);
  }

  @ArchTest
  void onlyOnePackageUsesTheClassesOfOnnx(JavaClasses classes) {
    noClasses()
        .that()
        .resideInAPackage("mlopsprimer..")
        .and()
        .resideOutsideOfPackages("mlopsprimer.trainer.portable", "mlopsprimer.nodeprovider..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.onnx..", "com.google.protobuf..", "org.tribuo..")
        .check(classes);
  }

  @ArchTest
  void onlyTheApiUsesSparkAndJetty(JavaClasses classes) {
    noClasses()
        .that()
        .resideOutsideOfPackage("mlopsprimer.api..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("spark..", "org.eclipse.jetty..", "javax.servlet..")
        .check(classes);
  }

  @ArchTest
  void theStorageUsesNothingOfThisProjectButTheContract(JavaClasses classes) {
    usesOnlyTheContract("mlopsprimer.storage..", classes);
  }

  @ArchTest
  void theCommonPartsOfHttpClientsUseNothingOfThisProject(JavaClasses classes) {
    usesOnlyTheContract("mlopsprimer.http..", classes);
  }

  @ArchTest
  void theMlflowClientUsesOnlyTheContractTheStorageAndHttp(JavaClasses classes) {
    noClasses()
        .that()
        .resideInAPackage("mlopsprimer.mlflow..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("mlopsprimer..")
                .and(
                    resideOutsideOfPackages(
                        "mlopsprimer.contract..",
                        "mlopsprimer.storage..",
                        "mlopsprimer.http..",
                        "mlopsprimer.mlflow..")))
        .check(classes);
  }

  @ArchTest
  void onlyTheStorageUsesTheAwsSdk(JavaClasses classes) {
    noClasses()
        .that()
        .resideOutsideOfPackage("mlopsprimer.storage")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(classes);
  }

  @ArchTest
  void nothingIsReadByJavaDeserialisation(JavaClasses classes) {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .check(classes);
  }

  @ArchTest
  void onlyMainUsesTheSystemClockOrUnseededRandomness(JavaClasses classes) {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callConstructor(Random.class)
        .check(classes);
  }

  @ArchTest
  void onlyMainEndsTheProgram(JavaClasses classes) {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(classes);
  }
}
