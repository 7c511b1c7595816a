"""Draws the speakers' cards and the slides as SVG and takes their pictures with Chromium."""

import html
import pathlib
import subprocess
import tempfile

ACCENT = "#f4f1e8"
WAVE = (250, 236, 350, 60)  # where the level wave moves on a card: x, y, width, height

FONT = "'Noto Sans CJK JP', 'Noto Sans', sans-serif"

GROUND = {
    # The Loire: a wide evening sky, sandbanks, the yellow crane of the island.
    "loire": """
      <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#20324f"/><stop offset="1" stop-color="#4d6c86"/></linearGradient>
      <rect width="640" height="360" fill="url(#sky)"/>
      <g fill="none" stroke="#e3bd52" stroke-width="5" opacity=".55"><path d="M548 214 V92 M520 214 L548 150 L576 214 M500 92 H622 M548 92 L548 62 L616 92 M548 62 L506 92"/></g>
      <rect y="214" width="640" height="146" fill="#1c2f45"/>
      <g fill="#31506b"><ellipse cx="420" cy="318" rx="220" ry="7"/><ellipse cx="560" cy="336" rx="150" ry="6"/><ellipse cx="330" cy="346" rx="130" ry="5"/></g>""",
    # Niigata: mountains with snow, rice fields under water.
    "rice": """
      <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#26403c"/><stop offset="1" stop-color="#5d8178"/></linearGradient>
      <rect width="640" height="360" fill="url(#sky)"/>
      <path d="M330 216 L440 150 L480 172 L556 78 L640 158 V216 Z" fill="#3b5a58"/>
      <path d="M556 78 L586 107 L571 113 L557 104 L541 117 L530 110 Z" fill="#e8eeea" opacity=".75"/>
      <rect y="214" width="640" height="146" fill="#1e3531"/>
      <g fill="none" stroke="#4f7a5e" stroke-width="3" opacity=".8"><path d="M0 318 H640 M0 340 H640 M300 300 L240 360 M470 300 L520 360 M620 300 L720 360"/></g>""",
}

HAIR = {
    "short": '<path d="M-52 -22 C-58 -84 58 -84 52 -22 C44 -48 -40 -50 -52 -22 Z" fill="{c}"/>',
    "bob": '<path d="M-60 34 C-74 -96 74 -96 60 34 L44 34 C50 -30 30 -44 -6 -40 C-36 -38 -48 -10 -44 34 Z" fill="{c}"/>',
    "bun": '<circle cx="0" cy="-76" r="22" fill="{c}"/><path d="M-53 -14 C-60 -82 60 -82 53 -14 C42 -46 -38 -50 -53 -14 Z" fill="{c}"/>',
    "beard": '<path d="M-52 -22 C-58 -84 58 -84 52 -22 C44 -48 -40 -50 -52 -22 Z" fill="{c}"/><path d="M-50 6 C-48 74 48 74 50 6 C36 26 24 20 0 20 C-24 20 -36 26 -50 6 Z" fill="{c}"/>',
    "cap": '<path d="M-54 -20 C-56 -82 56 -82 54 -20 Z" fill="{c}"/><path d="M-58 -20 H76 C74 -10 60 -12 50 -14 H-58 Z" fill="{c}"/>',
}

LANGUAGE = {"fr": "Français", "ja": "日本語", "en": "English"}


def shoot(svg, width, height, to):
    """Takes a picture of an SVG."""
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder) / "page.html"
        page.write_text(
            f'<!doctype html><meta charset="utf-8"><style>*{{margin:0}}svg{{display:block}}</style>'
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="{FONT}">{svg}</svg>',
            "utf-8",
        )
        subprocess.run(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             f"--user-data-dir={folder}/profile", f"--window-size={width},{height + 200}",
             f"--screenshot={folder}/page.png", page.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip
        # A headless window is a little smaller than its size says: taken larger, cut here.
        subprocess.run(
            ["ffmpeg", "-nostdin", "-y", "-v", "error", "-i", f"{folder}/page.png",
             "-vf", f"crop={width}:{height}:0:0", str(to)],
            check=True,
        )  # fmt: skip


def text(x, y, size, words, weight=400, fill=ACCENT, more=""):
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}" {more}>'
        f"{html.escape(words)}</text>"
    )


def speaker(who, to):
    look, own = who["look"], who["language"]
    other = "ja" if own == "fr" else "fr"
    face = (
        f'<g transform="translate(132 172)">'
        f'<clipPath id="frame"><circle r="104"/></clipPath><circle r="108" fill="{ACCENT}" opacity=".9"/>'
        f'<g clip-path="url(#frame)"><rect x="-110" y="-110" width="220" height="220" fill="#c9d3cf"/>'
        f'<path d="M-98 130 C-92 60 -48 56 0 56 C48 56 92 60 98 130 Z" fill="{look["coat"]}"/>'
        f'<path d="M-22 40 H22 V62 C14 80 -14 80 -22 62 Z" fill="{look["skin"]}"/>'
        f'<path d="M-22 58 L0 92 L22 58 L34 64 L6 120 H-6 L-34 64 Z" fill="#fbfaf5"/>'
        f'<ellipse cx="0" cy="-4" rx="49" ry="58" fill="{look["skin"]}"/>'
        f'{HAIR[look["hair"]].format(c=look["hairColour"])}'
        f'<g fill="#2a2522"><circle cx="-18" cy="-4" r="4.5"/><circle cx="18" cy="-4" r="4.5"/></g>'
        f'<path d="M-15 25 Q0 38 15 25" fill="none" stroke="#7c3d33" stroke-width="4" stroke-linecap="round"/>'
        f"</g></g>"
    )
    badge = (
        f'<g transform="translate(250 62)"><rect width="{112 if own == "fr" else 92}" height="32" rx="16" fill="{ACCENT}"/>'
        f'{text(16, 22, 17, LANGUAGE[own], 700, "#22303c")}</g>'
    )
    shoot(
        GROUND[look["ground"]] + face + badge
        + text(250, 136, 34, who["name"][own], 700)
        + text(250, 168, 19, f'{who["role"][own]} · {who["town"][own]}')
        + text(250, 196, 16, f'{who["name"][other]} · {who["town"][other]}', fill="#cfd6d4"),
        640, 360, to,
    )  # fmt: skip


SLIDES = [
    ("#27477a", "Nantes · Niigata", "ナント ・ 新潟", ["Rencontres de villes jumelées", "姉妹都市交流会議"], None),
    ("#2f6f83", "Deux villes, deux fleuves", "二つの町、二つの川",
     ["La Loire · ロワール川 — 1 006 km", "La Shinano · 信濃川 — 367 km"], [1006, 367]),
    ("#3d6b57", "Ce que nous partageons", "分かち合うもの",
     ["des rives rendues aux piétons · 歩ける川辺", "le riz et le muguet · 米とすずらん", "vingt lycéens chaque automne · 毎秋二十人の高校生"], None),
    ("#8c2f45", "La suite", "これから",
     ["octobre : marché des artisans · 十月 職人の市", "avril : repiquage à Sado · 四月 佐渡で田植え", "chaque quinzaine : classes jumelles · 隔週の交流授業"], None),
]  # fmt: skip


def slides(folder):
    """Draws slide-0.png … and says how many."""
    for number, (colour, french, japanese, lines, bars) in enumerate(SLIDES):
        ink, grey = "#22282c", "#5b6468"
        svg = (
            f'<rect width="1280" height="720" fill="#faf8f2"/><rect width="24" height="720" fill="{colour}"/>'
            + text(110, 190, 66, french, 700, ink)
            + text(110, 268, 48, japanese, 500, colour, 'lang="ja"')
        )
        for row, line in enumerate(lines):
            y = 390 + row * 84
            svg += f'<circle cx="122" cy="{y - 11}" r="7" fill="{colour}"/>' if not bars else ""
            svg += text(150 if not bars else 110, y, 32, line, 400, ink)
            if bars:
                svg += f'<rect x="110" y="{y + 16}" width="{bars[row]}" height="20" rx="10" fill="{colour}" opacity="{1 - row * 0.4}"/>'
        svg += text(110, 672, 22, f"Kakehashi · {number + 1} / {len(SLIDES)}", 400, grey)
        shoot(svg, 1280, 720, folder / f"slide-{number}.png")
    return len(SLIDES)
