import type { Sight } from '../../media/plans';
import type { Stage, StageSource } from '../../protocol/messages';

/** One thing to look at: the slides, sign language, or somebody, with or without a picture. */
export interface Tile {
  key: string;
  /** Who is seen; null for slides and sign language. */
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

/** Where the cameras begin among a WHEP connection's video m-lines: after the main picture, the slides and sign language. */
const FIRST_CAMERA = 3;

/**
 * What the stage and the received tracks let us show, everybody once. The server says what each m-line carries.
 *
 * @param wanted the key of what is large if it is there: `slides`, `main` or `sign`
 */
export function arrange(
  stage: Stage | null,
  video: readonly MediaStreamTrack[],
  sight: Sight,
  wanted: string,
): Arrangement {
  const on = stage?.sources.filter(({ state }) => state === 'on') ?? [];
  const shown = on.find(({ source }) => source === stage?.tracks.picture) ?? null;
  const speaker = shown ?? on.find(({ speaking }) => speaking) ?? on[0] ?? null;
  const hasSlides = (stage?.tracks.slides ?? null) !== null;
  const hasSign = (stage?.tracks.sign ?? null) !== null;
  const beside = hasSlides || hasSign;

  const slides = hasSlides ? [{ key: 'slides', source: null, track: video[1] ?? null, enlargeable: true }] : [];
  const sign = hasSign ? [{ key: 'sign', source: null, track: video[2] ?? null, enlargeable: true }] : [];
  const main =
    speaker === null
      ? []
      : [{ key: 'main', source: speaker, track: shown === null ? null : (video[0] ?? null), enlargeable: beside }];
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
  const all: Tile[] = [...slides, ...main, ...sign, ...cameras];
  const large = all.find(({ key }) => key === wanted) ?? all[0] ?? null;
  return { large, tiles: all.filter((tile) => tile !== large) };
}

function camera(
  stage: Stage | null,
  { source }: StageSource,
  video: readonly MediaStreamTrack[],
): MediaStreamTrack | null {
  const index = stage?.tracks.cameras.indexOf(source) ?? -1;
  return index < 0 ? null : (video[FIRST_CAMERA + index] ?? null);
}
