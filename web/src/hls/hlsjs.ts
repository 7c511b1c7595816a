import Hls, { type ErrorData, type Fragment, type HlsConfig, type LevelDetails } from 'hls.js';
import type { Problem } from '../protocol/messages';
import type { Clock } from '../store/clock';
import { backoff } from '../store/backoff';
import { anchorOf, toMedia, type Anchor } from './anchor';
import { Bridge } from './bridge/bridge';
import { pieceOf } from './bridge/pieces';
import { WebAudioSounds } from './bridge/sounds';
import { channelOf } from './channel';
import type { Engine, EngineEvents, OpenEngine, Source } from './engine';
import { pace } from './pace';
import { Rouse, type Loader } from './rouse';

/** Beyond this the player jumps to the live edge instead of hurrying, s. */
const LATEST_S = 5;
/** Of a part's length: the server's part must be there, loaded and decoded before it is due. */
const PARTS_BEHIND = 3;
/** When no part length is announced, s. */
const BEHIND_S = 1.2;
/** How much further behind one stays after each stall, s; hls.js would take a whole second. */
const STALL_S = 0.1;

export const isSupported = (): boolean => Hls.isSupported();

/** The settings of hls.js for a live channel with parts, or one that is over. */
export function settings(token: string | null): Partial<HlsConfig> {
  return {
    // The worker hls.js makes is a blob: it would need a looser Content-Security-Policy, and fMP4 needs next to no work.
    enableWorker: false,
    lowLatencyMode: true,
    liveSyncDuration: BEHIND_S,
    liveMaxLatencyDuration: LATEST_S,
    // Its own changes of speed come several times a second; see pace.ts.
    maxLiveSyncPlaybackRate: 1,
    liveSyncOnStallIncrease: STALL_S,
    maxBufferLength: 20,
    backBufferLength: 60,
    // Captions are fetched whole, for the search; see captions.ts.
    enableWebVTT: false,
    enableCEA708Captions: false,
    enableIMSC1: false,
    xhrSetup: (request) => {
      if (token !== null) request.setRequestHeader('Authorization', `Bearer ${token}`);
    },
  };
}

/** Opens engines of hls.js. */
export function hlsEngines(clock: Clock): OpenEngine {
  return (media, source, events) => new HlsEngine(media, source, events, clock);
}

class HlsEngine implements Engine {
  readonly #hls: Hls;
  readonly #media: HTMLMediaElement;
  readonly #source: Source;
  readonly #events: EngineEvents;
  readonly #clock: Clock;
  readonly #bridge: Bridge;
  readonly #rouse: Rouse;
  /** Where what is announced ends, on the element's clock, s. */
  #edge: number | null = null;
  #wanted: string | null;
  #anchor: Anchor | null = null;
  #live: boolean | null = null;
  #following: boolean;
  #failures = 0;
  #cancelRetry: () => void = () => undefined;
  #loaded = false;
  /** The speed by which it keeps up with the present. */
  #hurry = 1;
  readonly #keepUp = () => {
    this.#keepsUp();
  };

  constructor(media: HTMLMediaElement, source: Source, events: EngineEvents, clock: Clock) {
    this.#media = media;
    this.#source = source;
    this.#events = events;
    this.#clock = clock;
    this.#wanted = source.channel;
    this.#following = source.startMs === null;
    this.#bridge = new Bridge(media, new WebAudioSounds(), clock);
    const hls = new Hls({ ...settings(source.token), autoStartLoad: false });
    this.#hls = hls;
    this.#rouse = new Rouse(media, this.#loader(), clock);
    this.#holdToEdge();
    hls.on(Hls.Events.MANIFEST_PARSED, () => {
      this.#loaded = true;
      this.#chosen();
      // Where to begin on the player's clock is known once the playlist has said its dates.
      hls.startLoad(source.startMs === null ? -1 : 0);
    });
    hls.on(Hls.Events.AUDIO_TRACKS_UPDATED, () => {
      this.#chosen();
    });
    hls.on(Hls.Events.AUDIO_TRACK_SWITCHED, (_event, track) => {
      events.hears(channelOf(track.url));
    });
    // Not LEVEL_LOADED: there a delta update still lacks what it skipped, and begins at 0.
    hls.on(Hls.Events.LEVEL_UPDATED, (_event, { details }) => {
      this.#dated(details);
    });
    hls.on(Hls.Events.BUFFER_APPENDING, (_event, data) => {
      const piece = this.#bridge.open ? pieceOf(data, hls.audioTrack) : null;
      if (piece !== null) this.#bridge.put(piece);
    });
    // Of an EVENT hls.js takes what it remembers of a language for the present, though it end before the place that is played, and asks for
    // parts that are past; of any other live playlist it waits for the present one.
    hls.on(Hls.Events.AUDIO_TRACK_LOADED, (_event, { details }) => {
      if (details.live) details.type = null;
    });
    for (const event of [Hls.Events.FRAG_LOADING, Hls.Events.FRAG_LOADED] as const) {
      hls.on(event, (_event: string, { frag }: { frag: Fragment }) => {
        if (frag.type === 'main' || frag.type === 'audio') this.#rouse.asked(frag.type);
      });
    }
    hls.on(Hls.Events.FRAG_BUFFERED, () => {
      this.#failures = 0;
    });
    hls.on(Hls.Events.ERROR, (_event, data) => {
      this.#erred(data);
    });
    hls.loadSource(source.url);
    hls.attachMedia(media);
    // After hls.js's own listener, which works out where it is.
    media.addEventListener('timeupdate', this.#keepUp);
  }

  get latency(): number | null {
    return this.#live === true ? this.#hls.latency : null;
  }

  get livePosition(): number | null {
    return this.#live === true ? this.#hls.liveSyncPosition : null;
  }

  hear(channel: string): void {
    this.#wanted = channel;
    const index = this.#hls.audioTracks.findIndex(({ url }) => channelOf(url) === channel);
    // Not `nextAudioTrack`: live, that is heard only when all that was buffered of the old language has been played.
    if (index < 0 || index === this.#hls.audioTrack) return;
    this.#hurries(1);
    this.#bridge.begin();
    this.#hls.audioTrack = index;
  }

  follow(following: boolean): void {
    this.#following = following;
    this.#holdToEdge();
    this.#keepsUp();
  }

  retry(): void {
    this.#cancelRetry();
    if (this.#loaded) this.#hls.startLoad(-1);
    else this.#hls.loadSource(this.#source.url);
  }

  close(): void {
    this.#cancelRetry();
    this.#media.removeEventListener('timeupdate', this.#keepUp);
    this.#bridge.close();
    this.#rouse.close();
    this.#hls.destroy();
  }

  #loader(): Loader {
    const edge = () => this.#edge;
    const hls = this.#hls;
    return {
      get end() {
        return edge();
      },
      ahead(what) {
        return (what === 'main' ? hls.mainForwardBufferInfo : hls.audioForwardBufferInfo)?.len ?? null;
      },
      load(from) {
        hls.startLoad(from);
      },
    };
  }

  /** hls.js would bring whoever is further behind than `liveMaxLatencyDuration` back to the edge: not who rewound. */
  #holdToEdge(): void {
    this.#hls.config.liveMaxLatencyDuration = this.#following ? LATEST_S : Infinity;
  }

  #keepsUp(): void {
    const { targetLatency, latency } = this.#hls;
    // What bridges two languages is not hurried: it would be heard at another pitch.
    if (!this.#following || this.#live !== true || targetLatency === null || this.#bridge.open) {
      this.#hurries(1);
      return;
    }
    const { buffered, currentTime } = this.#media;
    const end = buffered.length === 0 ? currentTime : buffered.end(buffered.length - 1);
    this.#hurries(pace({ rate: this.#hurry, behind: latency - targetLatency, ahead: end - currentTime }));
  }

  /** Leaves a speed alone that the listener chose. */
  #hurries(rate: number): void {
    if (rate === this.#hurry) return;
    this.#hurry = rate;
    this.#media.playbackRate = rate;
  }

  #chosen(): void {
    const names = this.#hls.audioTracks.map(({ url }) => channelOf(url));
    this.#events.channels(names);
    if (this.#wanted === null) return;
    const index = names.indexOf(this.#wanted);
    if (index >= 0 && index !== this.#hls.audioTrack) this.#hls.audioTrack = index;
  }

  #dated(details: LevelDetails): void {
    this.#edge = details.edge;
    if (details.partTarget > 0) this.#aim(details.partTarget * PARTS_BEHIND);
    const anchor = anchorOf(details.fragments, this.#source.startedAt);
    if (anchor !== null) {
      const first = this.#anchor === null;
      this.#anchor = anchor;
      this.#events.anchor(anchor);
      const { startMs } = this.#source;
      if (first && startMs !== null) this.#begin(toMedia(anchor, startMs));
    }
    if (details.live === this.#live) return;
    this.#live = details.live;
    this.#events.live(details.live);
  }

  #begin(seconds: number): void {
    this.#hls.startLoad(Math.max(0, seconds));
  }

  #aim(seconds: number): void {
    if (this.#hls.config.liveSyncDuration !== seconds) this.#hls.targetLatency = seconds;
  }

  #erred(data: ErrorData): void {
    if (!data.fatal) return;
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR && this.#failures < 3) {
      this.#failures += 1;
      this.#hls.recoverMediaError();
      return;
    }
    const problem = problemOf(data);
    if (data.type !== Hls.ErrorTypes.NETWORK_ERROR || (problem.status >= 400 && problem.status < 500)) {
      this.#events.failed(problem);
      return;
    }
    this.#failures += 1;
    this.#events.waiting(problem);
    this.#cancelRetry();
    this.#cancelRetry = this.#clock.after(backoff(this.#failures + 1, this.#clock.random()), () => {
      this.retry();
    });
  }
}

/** A problem of what was answered; `offline` where nothing was. */
function problemOf({ response, networkDetails, type, details }: ErrorData): Problem {
  if (type !== Hls.ErrorTypes.NETWORK_ERROR) return { type: '/problems/cannot-play', title: details, status: 415 };
  const status = response?.code ?? 0;
  const fallback = { type: status === 0 ? '/problems/offline' : 'about:blank', title: details, status };
  if (!(networkDetails instanceof XMLHttpRequest)) return fallback;
  try {
    const text =
      networkDetails.responseType === '' || networkDetails.responseType === 'text' ? networkDetails.responseText : '';
    return { ...fallback, ...(JSON.parse(text) as Partial<Problem>) };
  } catch {
    return fallback;
  }
}
