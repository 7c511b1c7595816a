import type { Sight } from '../../media/plans';
import type { Stage, StageSource } from '../../protocol/messages';

/** One thing to look at: the slides, or somebody, with or without a picture. */
export interface Tile {
  key: string;
  /** Who is seen; null for the slides. */
  source: StageSource | null;
  track: MediaStreamTrack | null;
  /** Whether a click may make it the large one. */
  enlargeable: boolean;
}

/** One thing large, the others beside it. */
export interface Arrangement {
  large: Tile | null;
  tiles: readonly Tile[];
}

/** Where the cameras begin among a WHEP connection's video m-lines: after the main picture and the slides. */
const FIRST_CAMERA = 2;

/**
 * What the stage and the received tracks let us show, everybody once. The server says what each m-line carries.
 *
 * @param slidesLarge the slides large and the speaker small, or the other way round
 */
export function arrange(
  stage: Stage | null,
  video: readonly MediaStreamTrack[],
  sight: Sight,
  slidesLarge: boolean,
): Arrangement {
  const on = stage?.sources.filter(({ state }) => state === 'on') ?? [];
  const shown = on.find(({ source }) => source === stage?.tracks.picture) ?? null;
  const speaker = shown ?? on.find(({ speaking }) => speaking) ?? on[0] ?? null;
  const hasSlides = (stage?.tracks.slides ?? null) !== null;

  const slides = hasSlides ? [{ key: 'slides', source: null, track: video[1] ?? null, enlargeable: true }] : [];
  const main =
    speaker === null
      ? []
      : [{ key: 'main', source: speaker, track: shown === null ? null : (video[0] ?? null), enlargeable: hasSlides }];
  const cameras =
    sight === 'everyone'
      ? on
          .filter((source) => source !== speaker)
          .map((source) => ({
            key: source.source,
            source,
            track: camera(stage, source, video),
            enlargeable: false,
          }))
      : [];
  const [large = null, ...tiles] = slidesLarge ? [...slides, ...main, ...cameras] : [...main, ...slides, ...cameras];
  return { large, tiles };
}

function camera(
  stage: Stage | null,
  { source }: StageSource,
  video: readonly MediaStreamTrack[],
): MediaStreamTrack | null {
  const index = stage?.tracks.cameras.indexOf(source) ?? -1;
  return index < 0 ? null : (video[FIRST_CAMERA + index] ?? null);
}
