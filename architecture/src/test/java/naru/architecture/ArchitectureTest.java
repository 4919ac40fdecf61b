package naru.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Reads the compiled classes: who names whom. What `module-info` forbids cannot even be compiled;
/// here is what it cannot say, above all about packages of the JDK itself.
class ArchitectureTest {
  private static final String[] PURE = {
    "naru.bytes..", "naru.lua..", "naru.structures..", "naru.engine..", "naru.rdb.."
  };
  private static final String[] OUTER = {
    "naru.world..", "naru.log..", "naru.reactor..", "naru.protocol..", "naru.broker..", "io.netty.."
  };
  private static final String[] OUTSIDE_WORLD = {
    "java.io..", "java.nio.file..", "java.nio.channels..", "java.net..", "javax.net.."
  };

  /// Methods that give another answer each time, by owner and name.
  private static final Set<String> UNPREDICTABLE =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.System.identityHashCode",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID",
          "java.util.Collections.shuffle");

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("naru");
  }

  @Test
  void allModulesAreRead() {
    assertThat(classes.stream().map(JavaClass::getPackageName))
        .contains("naru.bytes", "naru.world", "naru.log", "naru.broker");
  }

  @Test
  void theEngineCannotNameWhatIsOutside() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat(resideInAnyPackage(OUTER).or(resideInAnyPackage(OUTSIDE_WORLD)))
        .check(classes);
  }

  @Test
  void theEngineKnowsNoThreads() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.util.concurrent..", "java.lang.ref..")
                .or(named(Thread.class, ThreadLocal.class, Runtime.class, ProcessHandle.class)))
        .check(classes);
  }

  @Test
  void onlyTheWorldAndTheBrokerOpenFilesAndSockets() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "naru.world..", "naru.broker..", "naru.reference..", "naru.measure..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.nio.file..", "java.nio.channels..", "java.net..", "io.netty.."))
        .check(classes);
  }

  @Test
  void timeAndChanceComeThroughTheWorld() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            // A simulated world draws from its seed, and from nothing else.
            "naru.world.real..",
            "naru.world.simulated..",
            "naru.broker..",
            "naru.reference..",
            // What measures others looks at them from outside.
            "naru.measure..")
        .should()
        .callMethodWhere(
            describe("answers differently each time", ArchitectureTest::isUnpredictable))
        .orShould()
        .dependOnClassesThat(
            resideInAnyPackage("java.util.random..")
                .or(
                    named(
                        java.util.Random.class,
                        java.util.SplittableRandom.class,
                        java.util.Timer.class,
                        java.util.concurrent.ThreadLocalRandom.class,
                        java.security.SecureRandom.class,
                        java.time.Clock.class)))
        .check(classes);
  }

  private static boolean isUnpredictable(JavaMethodCall call) {
    CodeUnitCallTarget target = call.getTarget();
    String owner = target.getOwner().getName();
    boolean readsTheClock = owner.startsWith("java.time.") && target.getName().equals("now");
    return readsTheClock || UNPREDICTABLE.contains(owner + "." + target.getName());
  }

  @Test
  void protocolsDoNotKnowEachOther() {
    slices()
        .matching("naru.protocol.(*)..")
        .should()
        .notDependOnEachOther()
        .allowEmptyShould(true)
        .check(classes);
  }

  @Test
  void threadsMeetInFewPlaces() {
    noClasses()
        .that(areWhereThreadsDoNotMeet())
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.util.concurrent.atomic..", "java.util.concurrent.locks..")
                .or(named(ThreadLocal.class, java.util.concurrent.CompletableFuture.class)))
        .check(classes);
  }

  @Test
  void nothingIsSynchronizedOrVolatileElsewhere() {
    fields()
        .that()
        .areDeclaredInClassesThat(areWhereThreadsDoNotMeet())
        .should()
        .notHaveModifier(JavaModifier.VOLATILE)
        .check(classes);
    methods()
        .that()
        .areDeclaredInClassesThat(areWhereThreadsDoNotMeet())
        .should()
        .notHaveModifier(JavaModifier.SYNCHRONIZED)
        .check(classes);
  }

  private static DescribedPredicate<JavaClass> areWhereThreadsDoNotMeet() {
    return describe(
        "are where threads do not meet", type -> !Threads.mayMeetIn(type.getPackageName()));
  }

  private static DescribedPredicate<JavaClass> named(Class<?>... types) {
    Set<Class<?>> wanted = Set.of(types);
    return describe("are one of " + wanted, type -> wanted.stream().anyMatch(type::isEquivalentTo));
  }
}
