package org.kakehashi.server.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.kakehashi.server.Node;
import org.kakehashi.server.config.Configuration;
import org.kakehashi.server.programme.Programme;
import org.kakehashi.server.programme.ProgrammeReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kakehashi serve}: the server with the programme of its configuration. */
@Command(
    name = "serve",
    description = "Runs the server with the programme named in the configuration.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Override
  public Integer call() {
    Configuration read = configuration.read();
    Programme programme = new ProgrammeReader().read(read.sessions().programme());
    Node node = new Node(read, new Node.Plan(programme, List.of(), null));
    LOG.info(
        "Ready: {} sessions at {}, HTTP port {}, media port {} (UDP and TCP)",
        programme.sessions().size(),
        node.invitations().links().base(),
        node.httpPort(),
        node.mediaPort());
    Running.untilStopped(node);
    return 0;
  }
}
