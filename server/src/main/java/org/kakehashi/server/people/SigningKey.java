package org.kakehashi.server.people;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * The secret that signs tokens (HMAC with SHA-256, RFC 7518 section 3.2: at least 256 bits). Who
 * reads it can make links for any role; {@link #toString} does not show it.
 */
public final class SigningKey {
  /** The least number of bytes of a key. */
  public static final int MIN_BYTES = 32;

  private static final String FILE = "token.key";

  private final byte[] secret;

  private SigningKey(byte[] secret) {
    if (secret.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "the key has %d bytes; it needs at least %d".formatted(secret.length, MIN_BYTES));
    }
    this.secret = secret.clone();
  }

  /**
   * A key given by configuration.
   *
   * @param base64 at least 32 bytes, as {@code openssl rand -base64 32} prints them
   * @throws IllegalArgumentException if it is not base64, or too short
   */
  public static SigningKey configured(String base64) {
    return new SigningKey(Base64.getDecoder().decode(base64.strip()));
  }

  /**
   * The key kept in {@code folder/token.key}; made there, readable by its owner only, if there is
   * none. Links stay valid for as long as the file stays.
   *
   * @throws UncheckedIOException if it can be neither read nor made
   * @throws IllegalArgumentException if the file holds something else
   */
  public static SigningKey inFolder(Path folder, SecureRandom random) {
    Path file = folder.resolve(FILE);
    try {
      if (Files.notExists(file)) {
        make(folder, file, random);
      }
      return configured(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("The token key " + file + " cannot be read or made", e);
    }
  }

  private static void make(Path folder, Path file, SecureRandom random) throws IOException {
    byte[] secret = new byte[MIN_BYTES];
    random.nextBytes(secret);
    Files.createDirectories(folder);
    // Written aside and linked into place: a second process that starts now sees all of it or none.
    Path aside = folder.resolve(FILE + "." + Long.toHexString(random.nextLong()));
    try (var out =
        Files.newByteChannel(
            aside,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly(folder))) {
      out.write(ByteBuffer.wrap(Base64.getEncoder().encode(secret)));
    }
    try {
      Files.createLink(file, aside);
    } catch (FileAlreadyExistsException e) {
      // The other process was first: its key is the key.
    } finally {
      Files.delete(aside);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** The secret's bytes, base64url. */
  String base64Url() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  @Override
  public String toString() {
    return "SigningKey(hidden)";
  }
}
