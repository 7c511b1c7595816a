"""Makes the demo's media; see make-media.sh.

scenes/NAME.yaml ─▶ demo/NAME/scene.yaml            the timeline, in milliseconds
                    demo/NAME/speaker-ID.mp4        a speaker: Opus and H.264 in one file
                    demo/NAME/booth-ID.opus         an interpreter's microphone
All files of a scene are equally long and repeat together.
"""

import json
import math
import pathlib
import subprocess
import sys
import tempfile

import yaml

import cards

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE.parent.parent / "server/src/main/resources/demo"

LAG_MS = 1500  # how long an interpreter listens before speaking
PAUSE_MS = 900  # between two speakers
LEAD_IN_MS = 600
FRAME_RATE = 15

# espeak-ng stops at 11 kHz. The band above 4.6 kHz (its fricatives) is copied 6.2 kHz higher, softer.
BRIGHT = (
    "aresample=48000,asplit[low][s];"
    "[s]highpass=f=4600,highpass=f=4600,afreqshift=shift=6200,highpass=f=10400,volume=0.5[high];"
    "[low][high]amix=2:normalize=0"
)
# A speaker stands in a hall, an interpreter sits in a booth: one hears which is which.
HALL = ",aecho=0.9:0.85:19|37|61:0.16|0.11|0.07"
BOOTH = ",highpass=f=90"
LOUDNESS = {"hall": -21.0, "booth": -19.0}  # LUFS


def run(*command, **options):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, **options)


def ffmpeg(*arguments):
    return run("ffmpeg", "-nostdin", "-y", "-hide_banner", "-v", "error", *arguments)


def speak(voice, words, place, to):
    """One utterance as WAV, 48 kHz mono, at its place's loudness; returns its length in ms."""
    raw = to.with_suffix(".raw.wav")
    run(
        "espeak-ng", "-v", voice["voice"], "-p", voice["pitch"], "-s", voice["speed"],
        "-w", raw, "--", words,
    )
    bright = to.with_suffix(".bright.wav")
    room = HALL if place == "hall" else BOOTH
    trim = "silenceremove=start_periods=1:start_threshold=-50dB"
    ffmpeg("-i", raw, "-filter_complex", f"[0]{BRIGHT},{trim}{room}", bright)
    measured = subprocess.run(
        ["ffmpeg", "-nostdin", "-hide_banner", "-i", bright, "-af", "loudnorm=print_format=json",
         "-f", "null", "-"],
        check=True, capture_output=True, text=True,
    ).stderr
    loudness = float(json.loads(measured[measured.rindex("{"):])["input_i"])
    gain = LOUDNESS[place] - loudness
    ffmpeg(
        "-i", bright,
        "-af", f"volume={gain:.2f}dB,alimiter=limit=0.84:level=false,afade=t=in:d=0.01",
        "-ac", 1, "-ar", 48000, to,
    )
    seconds = run(
        "ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", to, text=True
    ).stdout
    return math.ceil(float(seconds) * 1000)


def place(utterances, length_ms, to):
    """Lays (start ms, file) on one track of silence."""
    inputs, chains = [], []
    for index, (start, file) in enumerate(utterances):
        inputs += ["-i", file]
        chains.append(f"[{index}]adelay={start}[d{index}]")
    names = "".join(f"[d{i}]" for i in range(len(utterances)))
    graph = ";".join(chains) + f";{names}amix={len(utterances)}:normalize=0,apad[a]"
    ffmpeg(*inputs, "-filter_complex", graph, "-map", "[a]", "-t", length_ms / 1000, to)


def opus_options(language):
    return [
        "-c:a", "libopus", "-b:a", "32k", "-application", "voip", "-frame_duration", "20",
        "-metadata:s:a:0", f"language={language}",
    ]  # fmt: skip


def make_scene(name):
    scene = yaml.safe_load((HERE / "scenes" / f"{name}.yaml").read_text("utf-8"))
    out = OUT / name
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        tracks = {("speaker", s): [] for s in scene["speakers"]}
        tracks |= {("booth", b): [] for b in scene["booths"]}
        now, turns = LEAD_IN_MS, []
        for number, turn in enumerate(scene["turns"]):
            speaker = scene["speakers"][turn["speaker"]]
            language = speaker["language"]
            file = work / f"{number}.wav"
            end = now + speak(speaker, turn.get("kana", turn["text"]), "hall", file)
            tracks["speaker", turn["speaker"]].append((now, file))
            done, spoken = end, []
            for booth, plan in scene["booths"].items():
                to = next(t for t in plan["voices"] if t != language)
                said = turn["interpretation"][to]
                text = said if isinstance(said, str) else said["text"]
                words = said if isinstance(said, str) else said["kana"]
                file = work / f"{number}-{booth}.wav"
                start = now + LAG_MS
                stop = start + speak(plan["voices"][to], words, "booth", file)
                tracks["booth", booth].append((start, file))
                spoken.append(
                    {"booth": booth, "outgoing": to, "startMs": start, "endMs": stop, "text": text}
                )
                done = max(done, stop)
            turns.append(
                {"speaker": turn["speaker"], "language": language, "startMs": now, "endMs": end,
                 "text": turn["text"], "interpretations": spoken}
            )
            now = done + PAUSE_MS
        length = math.ceil(now / 2000) * 2000  # whole key frame intervals
        for (kind, who), utterances in tracks.items():
            wav = work / f"{kind}-{who}.wav"
            place(utterances, length, wav)
            if kind == "booth":
                voices = list(scene["booths"][who]["voices"])
                language = voices[0] if len(voices) == 1 else "mul"
                ffmpeg("-i", wav, *opus_options(language), "-map_metadata", -1,
                       "-fflags", "+bitexact", out / f"booth-{who}.opus")  # fmt: skip
            else:
                make_speaker(scene["speakers"][who], wav, length, work, out / f"speaker-{who}.mp4")
        write_timeline(name, scene, length, turns, out / "scene.yaml")
    sizes = {f.name: f.stat().st_size for f in sorted(out.iterdir())}
    print(f"{name}: {length / 1000:.0f} s, {sum(sizes.values()) / 1e6:.2f} MB {sizes}")


def make_speaker(speaker, wav, length_ms, work, to):
    card = work / "card.png"
    cards.speaker(speaker, card)
    x, y, w, h = cards.WAVE
    colour = cards.ACCENT.replace("#", "0x")
    graph = (
        f"[1]aformat=channel_layouts=mono,volume=2.2,"
        f"showwaves=s={w // 7}x{h // 2}:mode=cline:scale=sqrt:draw=full:rate={FRAME_RATE}:colors={colour},"
        f"format=rgba,scale={w}:{h}:flags=neighbor[w];"
        f"[0][w]overlay={x}:{y}:shortest=1,format=yuv420p[v]"
    )
    ffmpeg(
        "-loop", 1, "-framerate", FRAME_RATE, "-i", card, "-i", wav,
        "-filter_complex", graph, "-map", "[v]", "-map", "1:a", "-t", length_ms / 1000,
        "-c:v", "libx264", "-profile:v", "baseline", "-level", "3.0", "-preset", "slow",
        "-tune", "stillimage", "-crf", 33, "-maxrate", "200k", "-bufsize", "300k",
        "-g", 2 * FRAME_RATE, "-keyint_min", 2 * FRAME_RATE, "-sc_threshold", 0, "-bf", 0,
        *opus_options(speaker["language"]),
        "-map_metadata", -1, "-metadata:s:a:0", f"language={speaker['language']}",
        "-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart", to,
    )  # fmt: skip


def write_timeline(name, scene, length, turns, to):
    speakers = {
        key: {
            "name": s["name"], "role": s["role"], "town": s["town"], "language": s["language"],
            "file": f"speaker-{key}.mp4",
        }
        for key, s in scene["speakers"].items()
    }  # fmt: skip
    booths = {
        key: {
            "name": b["name"], "understands": b["understands"], "outgoing": list(b["voices"]),
            "file": f"booth-{key}.opus",
        }
        for key, b in scene["booths"].items()
    }  # fmt: skip
    document = {
        "id": name, "title": scene["title"], "languages": scene["languages"], "lengthMs": length,
        "speakers": speakers, "booths": booths, "turns": turns,
    }  # fmt: skip
    header = "# Made by deploy/demo/make-media.sh from deploy/demo/scenes. Times in ms from the start of a round.\n"
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=1000)
    to.write_text(header + text, "utf-8")


def make_slides():
    """Slides of ten seconds each, a round of their own; nothing moves, so it costs nearly nothing."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        count = cards.slides(work)
        ffmpeg(
            "-framerate", "1/10", "-i", work / "slide-%d.png", "-r", 5, "-t", count * 10,
            "-c:v", "libx264", "-profile:v", "baseline", "-level", "3.1", "-preset", "veryslow",
            "-tune", "stillimage", "-crf", 26, "-g", 10, "-keyint_min", 10, "-sc_threshold", 0,
            "-bf", 0, "-pix_fmt", "yuv420p", "-map_metadata", -1, "-fflags", "+bitexact",
            "-flags:v", "+bitexact", "-movflags", "+faststart", OUT / "slides.mp4",
        )  # fmt: skip
    print(f"slides: {(OUT / 'slides.mp4').stat().st_size} bytes")


if __name__ == "__main__":
    wanted = sys.argv[1:] or [p.stem for p in sorted((HERE / "scenes").glob("*.yaml"))] + ["slides"]
    for item in wanted:
        make_slides() if item == "slides" else make_scene(item)
