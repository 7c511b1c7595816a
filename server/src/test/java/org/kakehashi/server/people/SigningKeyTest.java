package org.kakehashi.server.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
  private final SecureRandom random = new SecureRandom();

  @Test
  void aKeyIsMadeOnceAndForItsOwnerOnly(@TempDir Path folder) throws IOException {
    Path data = folder.resolve("data");

    SigningKey first = SigningKey.inFolder(data, random);
    SigningKey second = SigningKey.inFolder(data, random);

    assertThat(second.base64Url()).isEqualTo(first.base64Url());
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("token.key"))))
        .isEqualTo("rw-------");
    try (var files = Files.list(data)) {
      assertThat(files).containsExactly(data.resolve("token.key"));
    }
  }

  @Test
  void twoFoldersHaveTwoKeys(@TempDir Path folder) {
    assertThat(SigningKey.inFolder(folder.resolve("a"), random).base64Url())
        .isNotEqualTo(SigningKey.inFolder(folder.resolve("b"), random).base64Url());
  }

  @Test
  void aShortKeyIsRefusedAndAKeyIsNeverShown(@TempDir Path folder) {
    assertThatThrownBy(() -> SigningKey.configured("c2hvcnQ="))
        .hasMessageContaining("needs at least 32");
    assertThatThrownBy(() -> SigningKey.configured("?"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(SigningKey.inFolder(folder, random)).hasToString("SigningKey(hidden)");
  }
}
