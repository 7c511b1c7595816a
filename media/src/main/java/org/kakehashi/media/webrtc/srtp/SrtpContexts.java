package org.kakehashi.media.webrtc.srtp;

import java.util.logging.Level;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.utils.logging2.LoggerImpl;

/** Makes jitsi-srtp's contexts with one fixed AES provider. */
final class SrtpContexts {
  static {
    // Left alone, jitsi-srtp times every provider at its first use and takes what happened to be
    // quickest just then. The JDK's own uses the processor's AES instructions.
    Aes.setFactoryClassName("org.jitsi.srtp.crypto.Aes$SunJCECipherFactory");
  }

  private SrtpContexts() {}

  static SrtpContextFactory factory(boolean sender, SrtpProfile profile, SrtpKeys.Master master) {
    // What a client gets wrong is counted by the caller, not logged.
    return new SrtpContextFactory(
        sender,
        master.key(),
        master.salt(),
        profile.policy(),
        profile.policy(),
        new LoggerImpl("org.kakehashi.media.webrtc.srtp", Level.OFF));
  }
}
