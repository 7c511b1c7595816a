package org.kakehashi.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kakehashi.server.people.Role;

class OpenSocketsTest {
  @Test
  void theLastPlacesAreKeptForThoseWhoDoNotOnlyListen() {
    OpenSockets sockets = new OpenSockets(40);
    for (int i = 0; i < 38; i++) {
      assertThat(sockets.reserve()).isTrue();
      assertThat(sockets.hasRoomFor(Role.ATTENDEE)).isTrue();
    }
    assertThat(sockets.reserve()).isTrue();
    assertThat(sockets.hasRoomFor(Role.ATTENDEE)).isFalse();
    assertThat(sockets.hasRoomFor(Role.INTERPRETER)).isTrue();
    assertThat(sockets.reserve()).isTrue();
    assertThat(sockets.hasRoomFor(Role.SPEAKER)).isTrue();
    assertThat(sockets.reserve()).isFalse();
    sockets.release();
    sockets.release();
    assertThat(sockets.hasRoomFor(Role.ATTENDEE)).isTrue();
  }
}
