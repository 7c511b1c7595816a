package org.kakehashi.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The directions in which the control plane's packages may depend on each other. */
@AnalyzeClasses(
    packages = "org.kakehashi.server",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("org.kakehashi.server.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule sessionsKnowNothingOfHttp =
      noClasses()
          .that()
          .resideInAnyPackage("..server.live..", "..server.programme..", "..server.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..server.http..", "io.vertx.ext.web..");

  @ArchTest
  static final ArchRule peopleKnowNothingOfSessions =
      noClasses()
          .that()
          .resideInAnyPackage("..server.people..", "..server.problem..", "..server.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..server.live..", "..server.http..", "..server.demo..");
}
