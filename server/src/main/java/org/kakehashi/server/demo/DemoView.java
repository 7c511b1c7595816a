package org.kakehashi.server.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kakehashi.server.live.LiveSession;
import org.kakehashi.server.people.Invitations;
import org.kakehashi.server.people.Invitations.Invitation;
import org.kakehashi.server.programme.LocalText;

/** What {@code GET /api/demo} answers. */
public record DemoView(List<Room> sessions) {

  /**
   * One session.
   *
   * @param empty whether nobody of the demo is on stage
   * @param links the page of each role, with its token
   * @param tokens the token of each role
   */
  public record Room(
      String id,
      LocalText title,
      LiveSession.State state,
      boolean empty,
      List<String> languages,
      Map<String, String> links,
      Map<String, String> tokens) {

    static Room of(LiveSession session, Invitations invitations) {
      Map<String, String> links = new LinkedHashMap<>();
      Map<String, String> tokens = new LinkedHashMap<>();
      DemoPeople.of(session.plan())
          .forEach(
              (as, person) -> {
                Invitation invitation = invitations.invite(session.id(), person);
                links.put(as, invitation.link().toString());
                tokens.put(as, invitation.token());
              });
      return new Room(
          session.id(),
          session.plan().title(),
          session.state(),
          DemoProgramme.isEmpty(session.plan()),
          session.plan().languages(),
          links,
          tokens);
    }
  }
}
