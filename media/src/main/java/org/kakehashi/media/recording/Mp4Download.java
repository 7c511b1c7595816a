package org.kakehashi.media.recording;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.codec.AvcConfiguration;

/**
 * Writes a recording as one MP4 file, without coding anything anew, while it is read from the disk:
 * it starts at once and takes little memory however long the recording is.
 *
 * <p>A picture that has one format throughout is {@code avc1}; one whose format changes is {@code
 * avc3}, with parameter sets in the samples (ISO/IEC 14496-15 section 5.3.3).
 *
 * <p>Thread: any; blocks while writing.
 */
public final class Mp4Download {
  private static final int MOST_CHAPTERS = 255;

  /** How much of all tracks is put together at a time. */
  private static final long FRAGMENT = MediaClock.RATE;

  private final Recording recording;
  private final Selection selection;
  private final List<Lane> lanes = new ArrayList<>();

  private record Lane(int index, TrackSamples samples, Map<Integer, byte[]> parameterSets) {}

  private Mp4Download(Recording recording, Selection selection) {
    this.recording = recording;
    this.selection = selection;
  }

  /**
   * What goes into the file.
   *
   * @param tracks by name, in this order; with no picture among them it is an .m4a
   * @param trim the stretch; sound begins there, within a frame of 21 ms; the picture with its next
   *     key frame, which is shown from the start
   * @param chapters outside the stretch they are cut or left out; at most 255 are written
   * @param defaultTrack which sound plays unless one chooses, by name
   * @param names what a track is called in players' menus, by name of the track
   * @param title of the whole file
   */
  public record Selection(
      List<String> tracks,
      Trim trim,
      List<DownloadChapter> chapters,
      String defaultTrack,
      Map<String, String> names,
      String title) {

    /** Keeps its own copies. */
    public Selection {
      tracks = List.copyOf(tracks);
      chapters = List.copyOf(chapters);
      names = Map.copyOf(names);
    }
  }

  /**
   * Writes the file as far as whole segments of the recording go now.
   *
   * @throws IllegalArgumentException if there is no such track
   * @throws IOException if {@code to} does not take it, or a segment cannot be read
   */
  public static void write(Recording recording, Selection selection, OutputStream to)
      throws IOException {
    try (DownloadMuxer muxer = new DownloadMuxer(selection.title())) {
      new Mp4Download(recording, selection).run(muxer, to);
    }
  }

  private void run(DownloadMuxer muxer, OutputStream to) throws IOException {
    for (String name : selection.tracks()) {
      Track track = recording.find(name);
      if (track == null) {
        throw new IllegalArgumentException("There is no track “" + name + "” in this recording");
      }
      open(muxer, track);
    }
    long start = selection.trim().start();
    long end = Math.min(recording.durationTicks(), selection.trim().end());
    muxer.chapters(chapters(start, end));
    to.write(muxer.begin(Math.max(0, end - start)));
    boolean more = true;
    for (long until = FRAGMENT; more; until += FRAGMENT) {
      more = false;
      boolean any = false;
      for (Lane lane : lanes) {
        Sample next = lane.samples.peek();
        while (next != null && next.time() < until) {
          muxer.add(lane.index, withParameterSets(lane, next));
          any = true;
          lane.samples.poll();
          next = lane.samples.peek();
        }
        more |= next != null;
      }
      if (any) {
        to.write(muxer.cut());
      }
    }
    to.flush();
  }

  private void open(DownloadMuxer muxer, Track track) throws IOException {
    TrackInfo info = track.info();
    TrackSamples samples = new TrackSamples(track, selection.trim());
    List<Integer> inits = samples.inits();
    String name = selection.names().getOrDefault(info.name(), info.name());
    if (info.isAudio()) {
      boolean isDefault = info.name().equals(selection.defaultTrack());
      lanes.add(new Lane(muxer.audio(name, language(info), isDefault), samples, Map.of()));
      return;
    }
    PictureFormat first = null;
    Map<Integer, byte[]> parameterSets = new HashMap<>();
    for (int init : inits) {
      PictureFormat format = format(track, init);
      first = first == null ? format : first;
      parameterSets.put(init, inBand(format));
    }
    if (first != null) {
      boolean changes = inits.size() > 1;
      int index = muxer.video(name, first, changes);
      lanes.add(new Lane(index, samples, changes ? parameterSets : Map.of()));
    }
  }

  private static PictureFormat format(Track track, int init) throws IOException {
    byte[] bytes =
        track
            .init(init)
            .orElseThrow(() -> new IOException("An initialisation of " + track + " is missing"));
    return InitReader.picture(Unpooled.wrappedBuffer(bytes))
        .orElseThrow(() -> new IOException("An initialisation of " + track + " is damaged"));
  }

  /** Where the format changes within a file, key frames carry it. */
  private static Sample withParameterSets(Lane lane, Sample sample) {
    byte[] sets = lane.parameterSets.get(lane.samples.init());
    if (!sample.key() || sets == null) {
      return sample;
    }
    byte[] data = new byte[sets.length + sample.data().length];
    System.arraycopy(sets, 0, data, 0, sets.length);
    System.arraycopy(sample.data(), 0, data, sets.length, sample.data().length);
    return new Sample(sample.time(), sample.duration(), true, data);
  }

  /** Parameter sets as they stand in a sample: a length of four bytes before each. */
  private static byte[] inBand(PictureFormat format) {
    ByteBuf data = Unpooled.buffer();
    for (ByteBuf unit : AvcConfiguration.parse(format.configuration()).parameterSets()) {
      data.writeInt(unit.readableBytes())
          .writeBytes(unit, unit.readerIndex(), unit.readableBytes());
    }
    byte[] bytes = new byte[data.readableBytes()];
    data.readBytes(bytes);
    return bytes;
  }

  private List<DownloadChapter> chapters(long start, long end) {
    return selection.chapters().stream()
        .filter(chapter -> chapter.start() < end && chapter.end() > start)
        .map(
            chapter ->
                new DownloadChapter(
                    Math.max(chapter.start(), start) - start,
                    Math.min(chapter.end(), end) - start,
                    chapter.title()))
        .limit(MOST_CHAPTERS)
        .toList();
  }

  /** MP4 has room for three letters: ISO 639-2. */
  private static String language(TrackInfo info) {
    return Optional.ofNullable(info.language()).map(Mp4Download::threeLetters).orElse("und");
  }

  private static String threeLetters(@Nullable String tag) {
    try {
      String letters = tag == null ? "" : Locale.forLanguageTag(tag).getISO3Language();
      return letters.isEmpty() ? "und" : letters;
    } catch (MissingResourceException e) {
      return "und";
    }
  }
}
