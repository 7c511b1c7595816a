package org.kakehashi.server.command;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.kakehashi.server.Node;
import org.kakehashi.server.config.Configuration;
import org.kakehashi.server.demo.Demo;
import org.kakehashi.server.demo.DemoView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kakehashi demo}: a conference that runs by itself, and rooms to try things in. */
@Command(
    name = "demo",
    description = {
      "Runs the demo event: a plenary, three workshops, and two empty rooms to try things in.",
      "On this machine only, unless KAKEHASHI_HTTP_BIND says otherwise."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Spec private CommandSpec spec;

  /** For picocli, which fills in the fields. */
  @SuppressWarnings("NullAway.Init")
  DemoCommand() {}

  @Override
  public Integer call() {
    // Everybody who reaches a demo can be anybody in it, so only this machine does.
    Configuration read =
        Demo.configured(configuration.read(Map.of("KAKEHASHI_HTTP_BIND", "127.0.0.1")));
    Demo demo = new Demo(read.data(), Instant.now());
    Node node = new Node(read, new Node.Plan(demo.programme(), demo.folders(), demo::view));
    demo.start(node.sessions());
    say(node, demo.view(node.invitations()).get());
    Running.untilStopped(node);
    return 0;
  }

  private void say(Node node, DemoView view) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%nThe demo is ready: HTTP port %d, media port %d (UDP and TCP).%n",
        node.httpPort(), node.mediaPort());
    view.sessions().stream().limit(1).forEach(room -> links(out, room));
    out.printf(
        "%nThe other rooms, and every role in them: %s%n", node.invitations().links().base());
    out.printf("%nCtrl-C ends it.%n%n");
    out.flush();
  }

  private static void links(PrintWriter out, DemoView.Room room) {
    out.printf("%n%s%n", room.title().in("en"));
    room.links().forEach((role, link) -> out.printf("  %-13s%s%n", role, link));
  }
}
