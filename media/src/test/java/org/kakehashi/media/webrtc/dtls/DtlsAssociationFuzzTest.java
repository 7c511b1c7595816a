package org.kakehashi.media.webrtc.dtls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Records from who knows whom, fed to a live association: none ends it, and it still hears. */
class DtlsAssociationFuzzTest {
  private static final AtomicReference<DtlsPair> LIVE = new AtomicReference<>();

  private static DtlsPair live() throws Exception {
    DtlsPair pair = LIVE.get();
    if (pair == null) {
      pair = new DtlsPair();
      pair.start();
      DtlsPair.get(pair.server.keys);
      DtlsPair.get(pair.client.keys);
      LIVE.set(pair);
    }
    return pair;
  }

  @FuzzTest
  void records(byte[] data) throws Exception {
    DtlsPair pair = live();
    if (data.length > 0) {
      data[0] = (byte) (20 + (data[0] & 0xFF) % 44);
    }
    boolean unused = pair.server.association.receive(data);
    if (pair.server.ended.isDone()) {
      throw new AssertionError("a stranger ended the association");
    }
  }

  @Test
  void randomRecordsThenGoodbye() throws Exception {
    DtlsPair pair = new DtlsPair();
    pair.start();
    DtlsPair.get(pair.server.keys);
    DtlsPair.get(pair.client.keys);
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      byte[] record = record(random);
      while (DtlsRecords.wellFormed(record) && !pair.server.association.receive(record)) {
        if (pair.server.ended.isDone()) {
          throw new AssertionError("a stranger ended the association");
        }
        Thread.onSpinWait();
      }
    }
    if (pair.server.ended.isDone()) {
      throw new AssertionError("a stranger ended the association");
    }
    pair.client.association.close();
    // The goodbye may find the queue full of forgeries: the client's own close is what is awaited.
    DtlsPair.get(pair.client.ended);
    pair.server.association.close();
    DtlsPair.get(pair.server.ended);
  }

  private static byte[] record(Random random) {
    byte[] record = new byte[13 + random.nextInt(200)];
    random.nextBytes(record);
    record[0] = (byte) (20 + random.nextInt(4));
    record[1] = (byte) 0xFE;
    record[2] = (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : 0xFD);
    record[3] = 0;
    record[4] = (byte) random.nextInt(2);
    int length = record.length - 13;
    record[11] = (byte) (length >> 8);
    record[12] = (byte) length;
    return record;
  }

  @FuzzTest
  void aHandshakeWithGarbageInIt(byte[] data) throws Exception {
    DtlsPair pair = new DtlsPair(null, java.time.Duration.ofSeconds(5));
    boolean unused = pair.server.association.receive(data);
    pair.start();
    unused = pair.server.association.receive(data);
    pair.client.association.close();
    pair.server.association.close();
    DtlsPair.get(pair.server.ended);
    DtlsPair.get(pair.client.ended);
  }
}
