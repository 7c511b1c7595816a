package org.kakehashi.media;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The directions in which the media plane's packages may depend on each other. */
@AnalyzeClasses(
    packages = "org.kakehashi.media",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("channel")
          .definedBy("..media.channel..")
          .layer("rtp")
          .definedBy("..media.rtp..")
          .layer("congestion")
          .definedBy("..media.congestion..")
          .layer("audio")
          .definedBy("..media.audio..")
          .layer("stage")
          .definedBy("..media.stage..")
          .layer("webrtc")
          .definedBy("..media.webrtc..")
          .layer("ingest")
          .definedBy("..media.ingest..")
          .layer("session")
          .definedBy("..media.session..")
          .layer("codec")
          .definedBy("..media.codec..")
          .layer("recording")
          .definedBy("..media.recording..")
          .whereLayer("recording")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("session")
          .mayOnlyBeAccessedByLayers("recording")
          .whereLayer("webrtc")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("ingest")
          .mayOnlyBeAccessedByLayers("session")
          .whereLayer("stage")
          .mayOnlyBeAccessedByLayers("session", "recording")
          .whereLayer("codec")
          .mayOnlyBeAccessedByLayers("webrtc", "ingest", "recording")
          .whereLayer("congestion")
          .mayOnlyBeAccessedByLayers("webrtc")
          .whereLayer("audio")
          .mayOnlyBeAccessedByLayers("ingest", "session", "recording")
          .whereLayer("rtp")
          .mayOnlyBeAccessedByLayers("webrtc", "ingest", "audio", "recording", "congestion");

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("org.kakehashi.media.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule knowsNothingOfTheControlPlane =
      noClasses()
          .that(alwaysTrue())
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.kakehashi.server..")
                  .or(resideInAPackage("io.vertx.."))
                  .or(resideInAPackage("com.fasterxml.jackson.."))
                  .or(resideInAPackage("io.netty.handler.codec.http.."))
                  .or(resideInAPackage("java.net.http.."))
                  .or(resideInAPackage("io.lettuce..")));
}
