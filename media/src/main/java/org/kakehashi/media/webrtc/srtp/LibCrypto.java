package org.kakehashi.media.webrtc.srtp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The functions of OpenSSL's libcrypto (3.x) that encrypt with AES-GCM where the packet lies: a
 * third faster than the JDK's cipher, which moreover allocates a kilobyte a packet.
 *
 * <p>Thread: any; one at a time for each context. The handles are static, because only then does
 * the compiler take them for constants and call the functions without a detour.
 */
final class LibCrypto {
  private static final String LIBRARY = "libcrypto.so.3";
  private static final int GET_TAG = 0x10; // EVP_CTRL_AEAD_GET_TAG

  /** The length of a tag in bytes. */
  static final int TAG = 16;

  /** The library, if this machine has it; looked for once. */
  static Optional<LibCrypto> get() {
    return Loading.RESULT;
  }

  private static final class Loading {
    static final Optional<LibCrypto> RESULT = attempt();

    private static Optional<LibCrypto> attempt() {
      try {
        return Optional.of(new LibCrypto(Functions.cipher()));
      } catch (ExceptionInInitializerError | IllegalStateException missing) {
        return Optional.empty(); // Then jitsi-srtp encrypts with what the JDK has.
      }
    }
  }

  private static final class Functions {
    static final SymbolLookup FILE = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
    static final MethodHandle NEW =
        handle(FILE, "EVP_CIPHER_CTX_new", FunctionDescriptor.of(JAVA_LONG));
    static final MethodHandle FREE =
        handle(FILE, "EVP_CIPHER_CTX_free", FunctionDescriptor.ofVoid(JAVA_LONG));
    static final MethodHandle FETCH =
        handle(
            FILE, "EVP_CIPHER_fetch", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS));
    static final MethodHandle INIT =
        brief(
            FILE,
            "EVP_EncryptInit_ex",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    static final MethodHandle UPDATE =
        brief(
            FILE,
            "EVP_EncryptUpdate",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT));
    static final MethodHandle FINISH =
        brief(
            FILE,
            "EVP_EncryptFinal_ex",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    static final MethodHandle CONTROL =
        brief(
            FILE,
            "EVP_CIPHER_CTX_ctrl",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));

    static long cipher() {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment none = MemorySegment.NULL;
        long cipher = (long) FETCH.invokeExact(none, arena.allocateFrom("AES-128-GCM"), none);
        if (cipher == 0) {
          throw new IllegalStateException("libcrypto has no AES-128-GCM");
        }
        return cipher;
      } catch (Throwable failed) {
        throw broken(failed);
      }
    }
  }

  private final long aes128Gcm;
  private final GcmContexts rtp = new GcmContexts(this);
  private final GcmContexts rtcp = new GcmContexts(this);

  private LibCrypto(long aes128Gcm) {
    this.aes128Gcm = aes128Gcm;
  }

  /** The same library with contexts of its own, which nobody else takes or gives back. */
  LibCrypto apart() {
    return new LibCrypto(aes128Gcm);
  }

  /** The contexts for RTP, which every packet wants, apart from those that few do. Any thread. */
  GcmContexts rtp() {
    return rtp;
  }

  /** The contexts for RTCP. Any thread. */
  GcmContexts rtcp() {
    return rtcp;
  }

  private static MethodHandle handle(
      SymbolLookup library, String name, FunctionDescriptor type, Linker.Option... options) {
    MemorySegment function =
        library.find(name).orElseThrow(() -> new IllegalStateException("libcrypto has no " + name));
    return Linker.nativeLinker().downcallHandle(function, type, options);
  }

  /** For what is over in a microsecond: without telling the garbage collector of the call. */
  private static MethodHandle brief(SymbolLookup library, String name, FunctionDescriptor type) {
    return handle(library, name, type, Linker.Option.critical(false));
  }

  /** A context that encrypts with this key; to be {@linkplain #free freed}. */
  long context(byte[] key) {
    try {
      long context = (long) Functions.NEW.invokeExact();
      if (context == 0) {
        throw new IllegalStateException("libcrypto has no memory for a context");
      }
      key(context, key);
      return context;
    } catch (Throwable failed) {
      throw broken(failed);
    }
  }

  /** Encrypts with this key from now on, and forgets the one before. */
  void key(long context, byte[] key) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocateFrom(java.lang.foreign.ValueLayout.JAVA_BYTE, key);
      int good = (int) Functions.INIT.invokeExact(context, aes128Gcm, 0L, copy.address(), 0L);
      copy.fill((byte) 0);
      if (good != 1) {
        throw new IllegalStateException("libcrypto takes no key");
      }
    } catch (Throwable failed) {
      throw broken(failed);
    }
  }

  /** Forgets the context and its key. */
  void free(long context) {
    try {
      Functions.FREE.invokeExact(context);
    } catch (Throwable failed) {
      throw broken(failed);
    }
  }

  /**
   * Encrypts in place. All are addresses.
   *
   * @param iv 12 bytes
   * @param scratch 4 bytes to overwrite
   * @param clear what is authenticated and not encrypted
   * @param more what is authenticated after it; its length may be 0
   * @param text what is encrypted; the tag goes behind it
   */
  boolean encrypt(
      long context,
      long iv,
      long scratch,
      long clear,
      int clearLength,
      long more,
      int moreLength,
      long text,
      int length) {
    try {
      int good = (int) Functions.INIT.invokeExact(context, 0L, 0L, 0L, iv);
      good &= (int) Functions.UPDATE.invokeExact(context, 0L, scratch, clear, clearLength);
      if (moreLength > 0) {
        good &= (int) Functions.UPDATE.invokeExact(context, 0L, scratch, more, moreLength);
      }
      good &= (int) Functions.UPDATE.invokeExact(context, text, scratch, text, length);
      good &= (int) Functions.FINISH.invokeExact(context, text + length, scratch);
      good &= (int) Functions.CONTROL.invokeExact(context, GET_TAG, TAG, text + length);
      return good == 1;
    } catch (Throwable failed) {
      throw broken(failed);
    }
  }

  private static RuntimeException broken(Throwable failed) {
    return failed instanceof RuntimeException plain
        ? plain
        : new IllegalStateException("libcrypto could not be called", failed);
  }
}
