package dev.plumbline.e2e.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Who may know whom, checked on the class files of every module. */
final class ArchitectureTest {

  private static final String STATE = "dev.plumbline.state..";
  private static final String ALERTS = "dev.plumbline.alerts..";
  private static final String PIPELINE = "dev.plumbline.pipeline..";
  private static final String STREAMS = "dev.plumbline.streams..";
  private static final String CLI = "dev.plumbline.cli..";
  private static final String SCHEMAS = "dev.plumbline.schemas..";
  private static final String TESTKIT = "dev.plumbline.testkit..";

  private static final String[] JDK = {"java..", "javax.crypto..", "org.jspecify.."};

  private static final Set<Class<?>> DICE =
      Set.of(
          Random.class,
          SecureRandom.class,
          SplittableRandom.class,
          ThreadLocalRandom.class,
          RandomGenerator.class);

  private static final Set<Class<?>> NOW =
      Set.of(Clock.class, Instant.class, LocalDate.class, LocalDateTime.class, ZonedDateTime.class);

  private static final JavaClasses HOUSE = House.classes();

  @Test
  void everyModuleWasBuilt() {
    assertThat(House.modules())
        .filteredOn(
            module -> Files.isDirectory(House.ROOT.resolve(module).resolve("src/main/java")))
        .as("modules with code; run mvn verify -pl e2e -am")
        .isNotEmpty()
        .allMatch(
            module -> Files.isDirectory(House.ROOT.resolve(module).resolve("target/classes")));
  }

  @Test
  void theCoreReadsNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage(STATE, ALERTS, PIPELINE, SCHEMAS, TESTKIT)
        .should()
        .callMethodWhere(describe("reads a clock", call -> isClock(call.getTarget())))
        .because("what is published is a function of the log (P1); time is an argument")
        .check(HOUSE);
  }

  @Test
  void theCoreRollsNoDice() {
    noClasses()
        .that()
        .resideInAnyPackage(STATE, ALERTS, PIPELINE, SCHEMAS)
        .should()
        .dependOnClassesThat(
            describe("are random", type -> DICE.stream().anyMatch(type::isAssignableTo)))
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .because("what is published is a function of the log (P1); ids are hashes")
        .check(HOUSE);
  }

  @Test
  void theStateNeedsTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage(STATE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(with(STATE))
        .check(HOUSE);
  }

  @Test
  void alertsNeedTheStateAlone() {
    classes()
        .that()
        .resideInAPackage(ALERTS)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(with(STATE, ALERTS))
        .check(HOUSE);
  }

  @Test
  void theContractKnowsNobody() {
    noClasses()
        .that()
        .resideInAPackage(SCHEMAS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(STATE, ALERTS, PIPELINE, STREAMS, CLI, TESTKIT)
        .check(HOUSE);
  }

  @Test
  void thePipelineKnowsNoEngine() {
    noClasses()
        .that()
        .resideInAnyPackage(PIPELINE, TESTKIT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..", "org.apache.flink..", "io.confluent..", STREAMS, CLI)
        .because("the steps run on every engine and on none")
        .check(HOUSE);
  }

  @Test
  void theTestKitIsNoPartOfTheProduct() {
    noClasses()
        .that()
        .resideOutsideOfPackages(TESTKIT, CLI)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(TESTKIT)
        .check(HOUSE);
    noClasses()
        .that()
        .resideInAPackage(CLI)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.plumbline.testkit")
        .because("the demo may use the traffic, not the oracle")
        .check(HOUSE);
  }

  @Test
  void theEnginesNeverMeet() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.plumbline.flink..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.flink..")
        .check(HOUSE);
    noClasses()
        .that()
        .resideOutsideOfPackage(STREAMS)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka.streams..")
        .check(HOUSE);
    noClasses()
        .that()
        .resideInAPackage(STREAMS)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(CLI)
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void avroStaysAtTheEdges() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            SCHEMAS,
            "dev.plumbline.pipeline.codec..",
            "dev.plumbline.pipeline.mapping..",
            STREAMS,
            CLI)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.avro..", "dev.plumbline.schemas.avro..")
        .because(
            "codec makes the records and mapping reads the user's; the steps only pass them on")
        .check(HOUSE);
  }

  @Test
  void onlyTheContractKnowsTheRegistrysClient() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.plumbline.schemas")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.confluent..")
        .check(HOUSE);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("dev.plumbline.(**)").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void concreteClassesAreFinal() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotRecords()
        .and()
        .areNotAnonymousClasses()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(HOUSE);
  }

  @Test
  void thereAreNoJunkDrawers() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helper|Manager|Impl|Data|Info|Base)$")
        .check(HOUSE);
  }

  @Test
  void accessorsAreNouns() {
    methods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(STATE, ALERTS)
        .should()
        .haveNameNotMatching("get[A-Z].*")
        .check(HOUSE);
  }

  @Test
  void nothingStaticChanges() {
    fields()
        .that()
        .areStatic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .beFinal()
        .check(HOUSE);
    fields()
        .that()
        .areStatic()
        .and(describe("are arrays", ArchitectureTest::isArray))
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .notBePublic()
        .because("the elements of an array can be changed by whoever sees it")
        .check(HOUSE);
  }

  @Test
  void onlyTheCommandEndsTheProcessOrWritesToTheTerminal() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI)
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(HOUSE);
  }

  private static boolean isClock(AccessTarget target) {
    boolean isSystem =
        target.getOwner().isEquivalentTo(System.class)
            && (target.getName().equals("currentTimeMillis")
                || target.getName().equals("nanoTime"));
    boolean isNow =
        NOW.stream().anyMatch(target.getOwner()::isEquivalentTo)
            && (target.getName().equals("now") || target.getName().startsWith("system"));
    return isSystem || isNow;
  }

  private static boolean isArray(JavaField field) {
    return field.getRawType().isArray();
  }

  private static String[] with(String... packages) {
    String[] all = new String[JDK.length + packages.length];
    System.arraycopy(JDK, 0, all, 0, JDK.length);
    System.arraycopy(packages, 0, all, JDK.length, packages.length);
    return all;
  }
}
