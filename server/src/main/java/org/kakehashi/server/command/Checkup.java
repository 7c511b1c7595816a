package org.kakehashi.server.command;

import io.netty.channel.epoll.Epoll;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.kakehashi.media.audio.OpusEncoder;
import org.kakehashi.media.audio.OpusSettings;
import org.kakehashi.server.config.Configuration;
import org.kakehashi.server.config.TlsSettings;
import org.kakehashi.server.http.TlsException;
import org.kakehashi.server.http.TlsFiles;
import org.kakehashi.server.programme.Programme;
import org.kakehashi.server.programme.ProgrammeException;
import org.kakehashi.server.programme.ProgrammeReader;

/** The checks of {@code doctor}: each looks at one thing and leaves nothing behind. */
final class Checkup {
  /** Earlier than this code: a clock that was never set. */
  private static final Instant NOT_BEFORE = Instant.parse("2026-11-01T00:00:00Z");

  private static final Duration RENEW_BEFORE = Duration.ofDays(14);

  private final Configuration configuration;

  Checkup(Configuration configuration) {
    this.configuration = configuration;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(epoll());
    findings.add(opus());
    findings.add(clock());
    findings.add(data());
    findings.add(programme());
    findings.add(httpPort());
    findings.add(mediaPort());
    findings.add(addresses());
    findings.add(tls());
    return findings;
  }

  private static Finding java() {
    int feature = Runtime.version().feature();
    return feature >= 25
        ? Finding.good("Java " + Runtime.version())
        : Finding.broken("Java " + feature + " is too old", "Install a JDK 25; set JAVA_HOME.");
  }

  private static Finding epoll() {
    return Epoll.isAvailable()
        ? Finding.good("Network: epoll")
        : Finding.broken(
            "Network: epoll is not available: " + Epoll.unavailabilityCause(),
            "Kakehashi runs on Linux, x86-64 or arm64; /tmp must allow executable files.");
  }

  private static Finding opus() {
    try (OpusEncoder encoder = new OpusEncoder(OpusSettings.speech())) {
      return Finding.good("Sound: the Opus library loads");
    } catch (RuntimeException | LinkageError e) {
      return Finding.broken(
          "Sound: the Opus library does not load: " + e.getMessage(),
          "/tmp must allow executable files (mount option noexec); or set -Djava.io.tmpdir.");
    }
  }

  private static Finding clock() {
    Instant now = Instant.now();
    return now.isAfter(NOT_BEFORE)
        ? Finding.good("Clock: " + now)
        : Finding.broken("Clock: " + now + " is in the past", "Set the clock, and keep it by NTP.");
  }

  private Finding data() {
    Path data = configuration.data();
    try {
      Files.createDirectories(data);
      Files.delete(Files.createTempFile(data, "doctor", ".tmp"));
      long free = Files.getFileStore(data).getUsableSpace() >> 20;
      return free < configuration.recordings().diskFloor() >> 20
          ? Finding.doubtful(
              "Data folder " + data + ": " + free + " MiB free: nothing will be recorded",
              "Make room, move `data`, or lower recordings.diskFloor.")
          : Finding.good("Data folder " + data + ": writable, " + free + " MiB free");
    } catch (IOException e) {
      return Finding.broken(
          "Data folder " + data + " cannot be written: " + e,
          "Let the server's user own it, or set `data` or KAKEHASHI_DATA.");
    }
  }

  private Finding programme() {
    try {
      Programme programme = new ProgrammeReader().read(configuration.sessions().programme());
      return Finding.good("Programme: " + programme.sessions().size() + " sessions");
    } catch (ProgrammeException e) {
      return Finding.broken(
          "Programme: " + e.getMessage(),
          "Start from deploy/programme.example.yaml. `demo` needs none.");
    }
  }

  private Finding httpPort() {
    int port = configuration.http().port();
    String bind = configuration.http().bind();
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(bind, port));
      return Finding.good("HTTP: port " + port + " on " + bind + " is free");
    } catch (IOException e) {
      return Finding.broken(
          "HTTP: port %d on %s: %s".formatted(port, bind, e.getMessage()),
          port < 1024
              ? "Ports below 1024 need CAP_NET_BIND_SERVICE; or choose another with http.port."
              : "Is a server running already? Stop it, or choose another with http.port.");
    }
  }

  private Finding mediaPort() {
    InetSocketAddress address =
        new InetSocketAddress(configuration.media().bind(), configuration.media().port());
    try (DatagramSocket udp = new DatagramSocket(null);
        ServerSocket tcp = new ServerSocket()) {
      udp.bind(address);
      tcp.bind(address);
      return Finding.good("Media: port " + address.getPort() + " is free, UDP and TCP");
    } catch (IOException e) {
      return Finding.broken(
          "Media: port %d: %s".formatted(address.getPort(), e.getMessage()),
          "Is a server running already? Stop it, or choose another with media.port.");
    }
  }

  private Finding addresses() {
    List<InetAddress> configured = configuration.media().publicAddresses();
    List<InetAddress> told = configured.isEmpty() ? ofThisMachine() : configured;
    String list = told.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    if (told.stream().allMatch(InetAddress::isLoopbackAddress)) {
      return Finding.broken(
          "Media: clients are told no address but loopback (" + list + ")",
          "Browsers do not use that. Set media.publicAddresses, or connect the machine.");
    }
    if (configured.isEmpty() && told.stream().allMatch(InetAddress::isSiteLocalAddress)) {
      return Finding.doubtful(
          "Media: clients are told " + list + ", which only the local network reaches",
          "Set media.publicAddresses (KAKEHASHI_PUBLIC_ADDRESS) to the public one.");
    }
    return Finding.good("Media: clients are told " + list);
  }

  private static List<InetAddress> ofThisMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLinkLocalAddress() && !address.isLoopbackAddress())
          .toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  private Finding tls() {
    TlsSettings.Files files = configuration.tls().pem().orElse(null);
    if (files == null) {
      return Finding.doubtful(
          "HTTPS: none; browsers give no microphone except on localhost",
          "Set tls.certificate and tls.key, or put a reverse proxy with HTTPS in front.");
    }
    Vertx vertx = Vertx.vertx();
    try {
      Instant expires = TlsFiles.read(vertx, files).expires();
      return expires.isBefore(Instant.now().plus(RENEW_BEFORE))
          ? Finding.doubtful(
              "HTTPS: the certificate ends on " + expires, "Renew it; no restart is needed.")
          : Finding.good("HTTPS: certificate valid until " + expires);
    } catch (TlsException e) {
      return Finding.broken("HTTPS: " + e.getMessage(), "Mend the files.");
    } finally {
      vertx.close().await();
    }
  }
}
