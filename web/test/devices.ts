/** A track whose device the test pulls out. */
export class FakeTrack extends EventTarget {
  enabled = true;
  readyState: MediaStreamTrackState = 'live';

  constructor(
    readonly kind: 'audio' | 'video',
    readonly deviceId: string,
    readonly asked: MediaTrackConstraints,
  ) {
    super();
  }

  get label(): string {
    return this.deviceId;
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.deviceId };
  }

  stop(): void {
    this.readyState = 'ended';
  }

  ends(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

interface Question {
  kind: 'audio' | 'video';
  allow: () => FakeTrack;
  refuse: (name: string) => void;
}

function named({ deviceId }: MediaTrackConstraints): string | undefined {
  return (deviceId as ConstrainDOMStringParameters | undefined)?.exact as string | undefined;
}

/** The browser's microphones and cameras; one of each, named `desk` and `eye`, until the test says otherwise. */
export class FakeDevices extends EventTarget {
  readonly tracks: FakeTrack[] = [];
  /** Asked, and not yet answered. */
  readonly pending: Question[] = [];
  /** How often each kind was asked for. */
  readonly asked = { audio: 0, video: 0 };
  microphones = ['desk'];
  cameras = ['eye'];
  /** What somebody has to answer first. */
  readonly held = new Set<'audio' | 'video'>();
  /** Why a kind cannot be had. */
  readonly refusals = new Map<'audio' | 'video', string>();

  /** Puts itself in the place of the browser's; restored with the other stubs. */
  constructor() {
    super();
    Object.defineProperty(navigator, 'mediaDevices', { value: this, configurable: true });
  }

  get latest(): FakeTrack {
    return this.tracks.at(-1) as FakeTrack;
  }

  /** Tracks whose device's lamp is on. */
  get live(): string[] {
    return this.tracks.filter(({ readyState }) => readyState === 'live').map(({ deviceId }) => deviceId);
  }

  enumerateDevices(): Promise<object[]> {
    const list = (kind: string, names: string[]) => names.map((name) => ({ kind, deviceId: name, label: name }));
    return Promise.resolve([...list('audioinput', this.microphones), ...list('videoinput', this.cameras)]);
  }

  getUserMedia({ audio, video }: MediaStreamConstraints): Promise<MediaStream> {
    const kind = audio === undefined ? 'video' : 'audio';
    this.asked[kind] += 1;
    return new Promise((resolve, reject) => {
      const refuse = (name: string) => {
        reject(new DOMException('', name));
      };
      const allow = () => {
        const track = this.#open(kind, (audio ?? video) as MediaTrackConstraints);
        const of = (wanted: string) => (wanted === kind ? [track] : []);
        const all = { getTracks: () => [track], getAudioTracks: () => of('audio'), getVideoTracks: () => of('video') };
        resolve(all as unknown as MediaStream);
        return track;
      };
      const refusal = this.refusals.get(kind) ?? this.#lack(kind, (audio ?? video) as MediaTrackConstraints);
      if (this.held.has(kind)) this.pending.push({ kind, allow, refuse });
      else if (refusal === undefined) allow();
      else refuse(refusal);
    });
  }

  /** Unplugs a microphone: its track ends, and the browser says that something has changed. */
  pulls(name: string): void {
    this.microphones = this.microphones.filter((other) => other !== name);
    for (const track of this.tracks) if (track.readyState === 'live' && track.deviceId === name) track.ends();
    this.dispatchEvent(new Event('devicechange'));
  }

  plugs(name: string): void {
    this.microphones = [...this.microphones, name];
    this.dispatchEvent(new Event('devicechange'));
  }

  #lack(kind: 'audio' | 'video', asked: MediaTrackConstraints): string | undefined {
    const names = kind === 'audio' ? this.microphones : this.cameras;
    const name = named(asked);
    if (names.length === 0) return 'NotFoundError';
    return name !== undefined && !names.includes(name) ? 'OverconstrainedError' : undefined;
  }

  #open(kind: 'audio' | 'video', asked: MediaTrackConstraints): FakeTrack {
    const names = kind === 'audio' ? this.microphones : this.cameras;
    // As Chromium does, what is only wished for is not heeded.
    const name = named(asked) ?? names[0] ?? '';
    const track = new FakeTrack(kind, name, asked);
    this.tracks.push(track);
    return track;
  }
}
