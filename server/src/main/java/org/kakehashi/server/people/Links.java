package org.kakehashi.server.people;

import java.net.URI;

/**
 * The links that are sent to people. The token stands in the fragment, which browsers never send:
 * it is in no server's log and in no {@code Referer}.
 *
 * @param base what people's browsers call this server, for instance {@code https://live.example/}
 */
public record Links(URI base) {

  /** The page of {@code person}'s role in {@code session}, with their token. */
  public URI to(String session, Person person, String token) {
    return to(person.role().page(), session, token);
  }

  /** A page of {@code session}, with a token. */
  public URI to(Page page, String session, String token) {
    return URI.create(to(page, session) + "#token=" + token);
  }

  /** A page of {@code session}, for anybody. */
  public URI to(Page page, String session) {
    String root = base.toString();
    return URI.create((root.endsWith("/") ? root : root + "/") + page.id() + "/" + session);
  }
}
