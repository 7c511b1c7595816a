package org.kakehashi.server.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.kakehashi.server.config.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kakehashi doctor}: whether everything is here that a server needs. */
@Command(
    name = "doctor",
    description = {
      "Checks this machine and the configuration, and says what to do about what is missing.",
      "Run it before the server, as the same user."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all is well, or could be better", "1:something must be mended"},
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  /** For picocli, which fills in the fields. */
  @SuppressWarnings("NullAway.Init")
  DoctorCommand() {}

  @Override
  public Integer call() {
    Configuration read = configuration.read();
    PrintWriter out = spec.commandLine().getOut();
    List<Finding> findings = new Checkup(read).findings();
    for (Finding finding : findings) {
      out.printf("%-7s %s%n", finding.verdict().word(), finding.what());
      if (!finding.remedy().isEmpty()) {
        out.printf("        → %s%n", finding.remedy());
      }
    }
    out.flush();
    return findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.BROKEN)
        ? 1
        : 0;
  }
}
