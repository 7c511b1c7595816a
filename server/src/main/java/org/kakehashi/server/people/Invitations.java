package org.kakehashi.server.people;

import java.net.URI;
import java.time.Duration;

/**
 * Makes the links by which people come in.
 *
 * @param tokens signs what is in them
 * @param links knows what this server is called
 * @param validity how long they work
 */
public record Invitations(Tokens tokens, Links links, Duration validity) {

  /**
   * An invitation.
   *
   * @param link the page of the person's role, with the token
   * @param token the same token, for clients that are no page
   */
  public record Invitation(URI link, String token) {}

  /** Invites {@code person} into {@code session}. */
  public Invitation invite(String session, Person person) {
    String token = tokens.issue(person, validity);
    return new Invitation(links.to(session, person, token), token);
  }
}
