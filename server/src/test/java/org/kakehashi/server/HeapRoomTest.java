package org.kakehashi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapRoomTest {
  private static final long MIB = 1 << 20;

  private final List<Long> limits = new ArrayList<>();
  private int connections;
  private long steps;

  private HeapRoom room(long most) {
    return new HeapRoom(256 * MIB, most, () -> connections, () -> steps, limits::add);
  }

  @Test
  void theLimitFollowsTheCrowd() {
    HeapRoom room = room(4_096 * MIB);
    room.look();
    assertThat(limits).isEmpty();
    connections = 9_600;
    room.look();
    assertThat(limits).containsExactly(556 * MIB);
    connections = 9_650; // Not worth a word.
    room.look();
    assertThat(limits).hasSize(1);
    connections = 3_200;
    room.look();
    assertThat(limits).endsWith(356 * MIB);
  }

  @Test
  void whoComesInHasRoomForWhatThatLeavesBehind() {
    steps = 5_000; // Before.
    HeapRoom room = room(4_096 * MIB);
    room.look();
    assertThat(limits).isEmpty();
    steps += 800; // 400 come in.
    room.look();
    assertThat(limits).containsExactly(656 * MIB);
    steps += 512;
    room.look();
    room.look();
    room.look();
    assertThat(limits).endsWith(512 * MIB, 384 * MIB, 320 * MIB);
    for (int i = 0; i < 10; i++) {
      room.look();
    }
    assertThat(limits).endsWith(256 * MIB);
  }

  @Test
  void afterTheLastHasGoneItIsAsAtTheStart() {
    HeapRoom room = room(4_096 * MIB);
    connections = 300;
    room.look();
    connections = 1;
    room.look();
    connections = 0;
    room.look();
    assertThat(limits).endsWith(256 * MIB);
  }

  @Test
  void aLimitThatIsRefusedIsTriedAgain() {
    connections = 9_600;
    List<Long> tried = new ArrayList<>();
    HeapRoom room =
        new HeapRoom(
            256 * MIB,
            4_096 * MIB,
            () -> connections,
            () -> steps,
            bytes -> {
              tried.add(bytes);
              throw new IllegalArgumentException("not writeable");
            });
    assertThatThrownBy(room::look).hasMessage("not writeable");
    assertThatThrownBy(room::look).hasMessage("not writeable");
    assertThat(tried).containsExactly(556 * MIB, 556 * MIB);
    room.close();
    assertThat(tried).hasSize(2);
  }

  @Test
  void inTheEndTheLimitIsPutBack() {
    HeapRoom room = room(4_096 * MIB);
    connections = 9_600;
    room.look();
    room.close();
    assertThat(limits).containsExactly(556 * MIB, 256 * MIB);
  }

  @Test
  void itNeverExceedsTheHeap() {
    HeapRoom room = room(300 * MIB);
    connections = 50_000;
    room.look();
    assertThat(limits).containsExactly(300 * MIB);
    HeapRoom small = room(128 * MIB);
    small.look();
    assertThat(limits).hasSize(1);
  }

  @Test
  void thisJvmTakesIt() {
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    String before = jvm.getVMOption("SoftMaxHeapSize").getValue();
    try {
      HeapRoom room = HeapRoom.ofThisJvm(() -> connections, () -> 0);
      connections = 1_000_000;
      room.look();
      connections = 0;
      room.look();
      assertThat(jvm.getVMOption("SoftMaxHeapSize").getValue()).isEqualTo(before);
    } finally {
      jvm.setVMOption("SoftMaxHeapSize", before);
    }
  }
}
