package org.kakehashi.server.bench.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kakehashi.server.Node;
import org.kakehashi.server.bench.Venue;
import org.kakehashi.server.config.Configuration;
import org.kakehashi.server.programme.ProgrammeReader;

/** Half a minute in real time; {@code deploy/bench/run.sh alignment} takes two. */
class AlignmentTest {
  private static final int SECONDS = 30;

  @ParameterizedTest
  @EnumSource
  void clicksAndFlashesOfRealSourcesStayTogether(Speaker.Kind kind, @TempDir Path folder)
      throws IOException {
    Found found = new AlignmentRun(kind, SECONDS).run(folder, AlignmentTest::open);
    found.rows().forEach(row -> System.out.println(row.what() + ": " + row.figure()));
    assertThat(found.failures()).isEmpty();
    int clicks = found.mp4().spreads().size();
    assertThat(found.segments().spreads()).hasSize(clicks);
    assertThat(clicks + found.mixed().spreads().size()).isGreaterThan(SECONDS / 3);
  }

  private static House open(Venue venue) {
    Node node =
        new Node(
            Configuration.read(venue.configuration(), Map.of()),
            new Node.Plan(new ProgrammeReader().read(venue.programme()), List.of(), null));
    return new House() {
      @Override
      public URI uri() {
        return URI.create("http://127.0.0.1:" + node.httpPort());
      }

      @Override
      public void close() {
        node.close();
      }
    };
  }
}
