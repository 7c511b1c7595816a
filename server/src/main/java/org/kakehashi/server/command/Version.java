package org.kakehashi.server.command;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the jar's version. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "kakehashi " + (version == null ? "from a checkout" : version), "Java " + Runtime.version()
    };
  }
}
