import type { Sight } from '../../media/plans';
import type { Stage, StageSource } from '../../protocol/messages';

export interface Pictures {
  /** Who the main picture is about: shown, or heard without a picture. */
  speaker: StageSource | null;
  main: MediaStreamTrack | null;
  slides: MediaStreamTrack | null;
  /** Everybody on stage, for the strip; with a track where the page receives their camera. */
  others: readonly { source: StageSource; track: MediaStreamTrack | null }[];
}

/** Where the cameras begin among a WHEP connection's video m-lines: after the main picture and the slides. */
const FIRST_CAMERA = 2;

/** What the stage and the received tracks let us show. The server says what each m-line carries. */
export function pictures(stage: Stage | null, video: readonly MediaStreamTrack[], sight: Sight): Pictures {
  if (stage === null) return { speaker: null, main: null, slides: null, others: [] };
  const on = stage.sources.filter(({ state }) => state === 'on');
  const shown = on.find(({ source }) => source === stage.tracks.picture) ?? null;
  const speaker = shown ?? on.find(({ speaking }) => speaking) ?? on[0] ?? null;
  const { cameras } = stage.tracks;
  return {
    speaker,
    main: shown === null ? null : (video[0] ?? null),
    slides: stage.tracks.slides === null ? null : (video[1] ?? null),
    others:
      sight === 'everyone' ? on.map((source) => ({ source, track: cameraOf(source.source, cameras, video) })) : [],
  };
}

function cameraOf(
  source: string,
  cameras: readonly (string | null)[],
  video: readonly MediaStreamTrack[],
): MediaStreamTrack | null {
  const index = cameras.indexOf(source);
  return index < 0 ? null : (video[FIRST_CAMERA + index] ?? null);
}
