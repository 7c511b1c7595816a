package org.kakehashi.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.kakehashi.server.config.Configuration;
import org.kakehashi.server.replay.FolderExport;
import org.kakehashi.server.replay.Recorded;
import org.kakehashi.server.replay.RecordingCatalogue;
import org.kakehashi.server.replay.RecordingViews;
import org.kakehashi.server.store.FolderStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kakehashi export}: a recording as a folder for any web server. */
@Command(
    name = "export",
    description = {
      "Writes a recording into a folder that plays from any static web server: what is shown of it,",
      "with captions, chapters, and the notice that only the original speech is authentic.",
      "The server may run meanwhile; the session must have ended."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(paramLabel = "SESSION", description = "The session's id.")
  private String session;

  @Parameters(paramLabel = "FOLDER", description = "Where to; made if it is not there.")
  private Path folder;

  /** For picocli, which fills in the fields. */
  @SuppressWarnings("NullAway.Init")
  ExportCommand() {}

  @Override
  public Integer call() throws IOException {
    Configuration read = configuration.read();
    RecordingCatalogue catalogue =
        new RecordingCatalogue(read.data(), read.recordings(), InstantSource.system());
    Recorded recorded =
        catalogue
            .find(session)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "There is no recording \"%s\" in %s. There are: %s."
                            .formatted(
                                session,
                                read.data(),
                                catalogue.all().stream()
                                    .map(Recorded::session)
                                    .collect(Collectors.joining(", ")))));
    try {
      new FolderExport(
              new RecordingViews(catalogue, new FolderStore(read.data()), System::nanoTime))
          .write(recorded, folder);
    } catch (IllegalArgumentException impossible) {
      throw new ParameterException(spec.commandLine(), String.valueOf(impossible.getMessage()));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s plays from any web server; players open index.m3u8 in it.%n", folder);
    out.flush();
    return 0;
  }
}
