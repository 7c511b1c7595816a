package org.kakehashi.server.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The demo's scenes and recordings: in the jar, and unpacked where players can open them. Thread:
 * one at a time.
 */
final class DemoFiles {
  private static final List<String> SCENES =
      List.of("plenary", "economy", "society", "environment");

  private static final String SLIDES = "slides.mp4";

  private final Path folder;
  private final ObjectMapper yaml = new ObjectMapper(new YAMLFactory());

  /**
   * @param folder where the recordings are unpacked to
   */
  DemoFiles(Path folder) {
    this.folder = folder;
  }

  /** Unpacks everything; what is there already is written anew. */
  List<Scene> unpack() {
    List<Scene> scenes = SCENES.stream().map(this::scene).toList();
    for (Scene scene : scenes) {
      scene.speakers().values().forEach(speaker -> unpack(scene.id(), speaker.file()));
      scene.booths().values().forEach(booth -> unpack(scene.id(), booth.file()));
    }
    copy("/demo/" + SLIDES, folder.resolve(SLIDES));
    return scenes;
  }

  /** Where a scene's recording is. */
  Path path(String scene, String file) {
    return folder.resolve(scene).resolve(file);
  }

  private Scene scene(String id) {
    try (InputStream in = open("/demo/" + id + "/scene.yaml")) {
      return yaml.readValue(in, Scene.class);
    } catch (IOException failed) {
      throw new UncheckedIOException("The demo's scene " + id + " cannot be read", failed);
    }
  }

  private void unpack(String scene, String file) {
    copy("/demo/" + scene + "/" + file, path(scene, file));
  }

  private static void copy(String resource, Path to) {
    try (InputStream in = open(resource)) {
      Files.createDirectories(to.toAbsolutePath().getParent());
      Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new UncheckedIOException("The demo's recording " + to + " cannot be unpacked", failed);
    }
  }

  private static InputStream open(String resource) throws IOException {
    InputStream in = DemoFiles.class.getResourceAsStream(resource);
    if (in == null) {
      throw new FileNotFoundException(resource);
    }
    return in;
  }
}
