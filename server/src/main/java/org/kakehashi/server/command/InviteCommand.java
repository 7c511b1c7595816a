package org.kakehashi.server.command;

import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.Node;
import org.kakehashi.server.config.Configuration;
import org.kakehashi.server.people.Invitations;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.people.Scope;
import org.kakehashi.server.people.Tokens;
import org.kakehashi.server.programme.Programme;
import org.kakehashi.server.programme.ProgrammeReader;
import org.kakehashi.server.programme.SessionPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code kakehashi invite}: links into a session. The server need not run. */
@Command(
    name = "invite",
    description = {
      "Prints a link into a session: one for each role, or for one person.",
      "Whoever has a link is that person: send each to one person only. Attendees may share one."
    },
    mixinStandardHelpOptions = true)
final class InviteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(paramLabel = "SESSION", description = "The session's id in the programme.")
  private String session;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      converter = RoleName.class,
      description =
          "attendee, interpreter, speaker, chair, technician, organiser or hall. Default: each.")
  private @Nullable Role role;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What others read. Default: the role.")
  private @Nullable String name;

  @Option(names = "--booth", paramLabel = "BOOTH", description = "An interpreter's booth.")
  private @Nullable String booth;

  @Option(
      names = "--language",
      paramLabel = "TAG",
      description = "A language the person speaks or works in; may be repeated.")
  private List<String> languages = List.of();

  @Option(
      names = "--whole-event",
      description = "The link opens every session of the session's event.")
  private boolean wholeEvent;

  /** For picocli, which fills in the fields. */
  @SuppressWarnings("NullAway.Init")
  InviteCommand() {}

  @Override
  public Integer call() {
    Configuration read = configuration.read();
    SessionPlan plan = plan(new ProgrammeReader().read(read.sessions().programme()));
    Vertx vertx = Vertx.vertx();
    try {
      Invitations invitations =
          new Invitations(
              new Tokens(vertx, Node.key(read), InstantSource.system()),
              Node.links(read),
              read.people().linksLast());
      PrintWriter out = spec.commandLine().getOut();
      for (Role each : role == null ? List.of(Role.values()) : List.of(role)) {
        out.printf("%-12s %s%n", each.id(), invitations.invite(session, person(each, plan)).link());
      }
      out.flush();
    } finally {
      vertx.close().await();
    }
    return 0;
  }

  private SessionPlan plan(Programme programme) {
    SessionPlan plan =
        programme
            .session(session)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "The programme has no session \"%s\". It has: %s."
                            .formatted(
                                session,
                                String.join(
                                    ", ",
                                    programme.sessions().stream().map(SessionPlan::id).toList()))));
    if (booth != null && plan.booth(booth).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "The session has no booth \"%s\".".formatted(booth));
    }
    return plan;
  }

  private Person person(Role each, SessionPlan plan) {
    Scope scope =
        wholeEvent ? new Scope.WholeEvent(plan.event().id()) : new Scope.OneSession(plan.id());
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    return new Person(
        "p-" + HexFormat.of().formatHex(random),
        name == null ? each.id() : name,
        each,
        scope,
        each == Role.INTERPRETER ? booth : null,
        languages,
        false);
  }

  /** Reads a role as people write it. */
  static final class RoleName implements ITypeConverter<Role> {
    @Override
    public Role convert(String text) {
      return Role.of(text)
          .orElseThrow(() -> new TypeConversionException("there is no role \"" + text + "\""));
    }
  }
}
