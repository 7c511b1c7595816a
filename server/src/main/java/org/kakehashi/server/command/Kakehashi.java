package org.kakehashi.server.command;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.kakehashi.media.webrtc.MediaPortException;
import org.kakehashi.server.config.ConfigurationException;
import org.kakehashi.server.http.EdgeException;
import org.kakehashi.server.http.TlsException;
import org.kakehashi.server.programme.ProgrammeException;
import org.kakehashi.server.store.StoreException;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line's first word. */
@Command(
    name = "kakehashi",
    description = "Hybrid conferences with simultaneous interpretation.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      InviteCommand.class,
      ExportCommand.class,
      DoctorCommand.class
    },
    footerHeading = "%nTo look around:%n",
    footer = {
      "  bin/kakehashi demo              a conference to try, on http://localhost:8080",
      "To run one of your own:",
      "  bin/kakehashi doctor            is everything here that is needed?",
      "  bin/kakehashi serve             the server",
      "  bin/kakehashi invite SESSION    links for the people",
      "  bin/kakehashi export SESSION …  a recording for any web server",
      "",
      "kakehashi.yaml explains every setting."
    })
public final class Kakehashi implements Runnable {
  @Spec private CommandSpec spec;

  /** For picocli, which fills in the fields. */
  @SuppressWarnings("NullAway.Init")
  public Kakehashi() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Runs one command; exits with 0, with 1 if it failed, with 2 if it was not understood. */
  public static void main(String[] arguments) {
    // Libraries that log by java.util.logging end up in the one log, at its levels.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Kakehashi())
        .setUsageHelpWidth(100)
        .setExecutionExceptionHandler(Kakehashi::explain);
  }

  /** What a person can mend is said in words; anything else is a fault, with its trace. */
  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    switch (failure) {
      case ConfigurationException mistakes ->
          mistakes.mistakes().forEach(mistake -> err.println("kakehashi: " + mistake));
      case ProgrammeException mistake -> err.println("kakehashi: programme: " + text(mistake));
      case EdgeException unusable -> err.println("kakehashi: " + text(unusable));
      case MediaPortException unusable -> err.println("kakehashi: " + text(unusable));
      case TlsException unusable -> err.println("kakehashi: " + text(unusable));
      case StoreException unusable -> err.println("kakehashi: " + text(unusable));
      case UncheckedIOException unusable -> err.println("kakehashi: " + text(unusable));
      default -> failure.printStackTrace(err);
    }
    err.flush();
    return 1;
  }

  private static String text(Exception failure) {
    return String.valueOf(failure.getMessage());
  }
}
