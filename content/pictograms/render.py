"""Renders the pictograms, white on transparent, from the Material Design Icons package.

Get the icons with ``npm pack @mdi/svg@7.4.47``, unpack them, then run
``python content/pictograms/render.py UNPACKED/package/svg``. Needs cairosvg and pillow.
``python content/pictograms/render.py --sheet FILE.png`` draws all topics side by side: look at it
as somebody who cannot read before you change one.
"""

from __future__ import annotations

import io
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import cairosvg
from PIL import Image, ImageChops

SIZE = 256


@dataclass(frozen=True)
class Layer:
    """An icon, or a path of our own, in front of the layers before it."""

    icon: str
    """Name of an icon; what begins with M is a path."""
    size: float = 24
    x: float = 0
    y: float = 0
    hole: bool = False
    """Cut out of what is behind instead of drawn."""
    gap: float = 1.6
    """Width of the gap around it, in the icons' own units (24 to a side)."""


SIGN = "M12 1a11 11 0 1 0 0 22 11 11 0 1 0 0-22zm0 2.6a8.4 8.4 0 1 1 0 16.8 8.4 8.4 0 1 1 0-16.8z"
SLASH = "M4.6 5.8l1.2-1.2 14 14-1.2 1.2z"
BARS = (
    "M2.4 1h1.4v22H2.4zM6.4 1h1.4v22H6.4zM16.2 1h1.4v22h-1.4zM20.2 1h1.4v22h-1.4z"
    "M1 1h22v2H1zM1 21h22v2H1z"
)
YURT = "M11 3h2v2c4 1 7.5 3.5 9 7h-2v9h-6v-6h-4v6H4v-9H2c1.5-3.5 5-6 9-7z"
ROPE = "M6.5 18h1.3c.5 2.5 3.5 2.5 5 .7l.9.9c-2.5 2.9-6.7 2.4-7.2-1.6z"
PICTOGRAMS: dict[str, str | tuple[Layer, ...]] = {
    # categories
    "before_leaving": "bag-suitcase",
    "russia": "castle",
    "countries": "earth",
    "work": "account-hard-hat",
    "danger": "alert",
    "help": "lifebuoy",
    # before leaving
    "documents": "card-account-details",
    "blacklist": (Layer("walk", 16, 4, 4), Layer(SLASH, gap=0.7), Layer(SIGN, gap=0)),
    "agency": "store-search",
    "job_offer": (Layer("message"), Layer("briefcase", 13, 5.5, 3, hole=True)),
    "copies": "printer",
    "border": "airplane",
    # russia
    "entry": "boom-gate-up",
    "registration": "stamper",
    "ninety_days": "calendar-clock",
    "fingerprints": "fingerprint",
    "register": (Layer("clipboard-outline"), Layer("eye", 12, 6, 6.5, gap=0)),
    "children": "human-male-child",
    # countries
    "kazakhstan": (Layer("white-balance-sunny", 17, -1, -1), Layer("bird", 17, 7, 7)),
    "turkey": "star-crescent",
    "korea": "yin-yang",
    "gulf": "palm-tree",
    "europe": "fruit-cherries",
    "other_country": "sign-direction",
    # work
    "patent": "certificate-outline",
    "contract": "file-sign",
    "wages": (
        Layer("cash", 23, 0.5, -4),
        Layer("close-thick", 14, 5, 0.5, gap=0.8),
        Layer("hand-extended", 22, 1, 5),
    ),
    "illness": "account-injury",
    "pension": (
        Layer("human-cane", 21, -5, 1.5),
        Layer("cash", 13, 11, -1),
        Layer("cash", 13, 11, 6.5),
    ),
    "transfers": "cash-fast",
    # danger
    "trafficking": (Layer("account", 24, 0, 0.5), Layer(BARS, gap=0.6)),
    "passport_taken": (Layer("passport", 15, 5, 0), Layer("hand-extended", 24, 0, 6)),
    "debt": (Layer("human-male", 20, -4, 0), Layer("weight", 14, 10.5, 9), Layer(ROPE, gap=0)),
    "war": "tank",
    "scams": (Layer("cellphone"), Layer("needle", 11, 6.5, 6.5, gap=0)),
    "violence": (Layer("account", 20, -4, 4), Layer("boxing-glove", 15, 10, 1)),
    # help
    "emergency": "ambulance",
    "hotline": "phone-in-talk",
    "embassy": (Layer("bank", 19, 2.5, 6), Layer("flag", 10, 9.5, -1.5)),
    "lost_passport": (Layer("walk", 22, 5, 0), Layer("passport", 11, -1, 12.5)),
    "detained": "handcuffs",
    "return": "home-heart",
    # instead of what is sensitive, while the handset lies on its hook
    "advice": "lightbulb-on",
    # activities
    "selfcheck": "clipboard-check",
    "days": "abacus",
    "today": "calendar-today",
    "yesterday": "calendar-arrow-left",
    "another_day": "calendar-search",
    "week_back": "chevron-double-left",
    "day_back": "chevron-left",
    "day_on": "chevron-right",
    "week_on": "chevron-double-right",
    # commands and signs
    "back": "arrow-left-bold",
    "home": "home",
    "repeat": "replay",
    "pause": "pause",
    "play": "play",
    "all_topics": "view-comfy",
    "teach": "gesture-tap",
    "explain": "help-circle",
    "language": "translate",
    "louder": "volume-plus",
    "softer": "volume-minus",
    "stop": "stop",
    "skip": "skip-next",
    "slower": "tortoise",
    "faster": "rabbit",
    "blank": "eye-off",
    "clearer": "magnify-plus",
    "lower": (Layer("wheelchair", 21, -2, 3), Layer("arrow-down-bold", 13, 12, -0.5)),
    "yes": "check-bold",
    "no": "close-thick",
    "kyrgyz": (Layer("chat"), Layer(YURT, 15, 4.5, 3, hole=True)),
    "russian": (Layer("message"), Layer("castle", 16, 4, 1.5, hole=True)),
    "handset": "phone-classic",
    "microphone": "microphone",
    "microphone_off": "microphone-off",
    "goodbye": "hand-wave",
    "question": "help",
    # collecting voices
    "voice": "account-voice",
    "next": "arrow-right-bold",
    "bin": "trash-can",
}


def alpha(icons: Path, layer: Layer, edge: float = 0) -> Image.Image:
    """Where a layer is, from 0 to 255, wider by an edge on all sides."""
    path = layer.icon
    if not path.startswith("M"):
        found = re.search(r' d="([^"]+)"', (icons / f"{path}.svg").read_text(encoding="utf-8"))
        if not found:
            raise SystemExit(f"{path}.svg holds no path")
        path = found.group(1)
    scale = layer.size / 24
    moved = f"translate({layer.x} {layer.y}) scale({scale})"
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
        f'<path fill="#fff" stroke="#fff" stroke-width="{2 * edge / scale}" '
        f'stroke-linejoin="round" transform="{moved}" d="{path}"/></svg>'
    )
    png = cairosvg.svg2png(bytestring=drawing.encode(), output_width=SIZE, output_height=SIZE)
    return Image.open(io.BytesIO(png)).convert("RGBA").getchannel("A")


def picture(icons: Path, layers: str | tuple[Layer, ...]) -> Image.Image:
    """White on transparent, the last layer in front."""
    whole = Image.new("L", (SIZE, SIZE))
    for layer in (Layer(layers),) if isinstance(layers, str) else layers:
        if layer.hole:
            whole = ImageChops.subtract(whole, alpha(icons, layer))
            continue
        if layer.gap:
            whole = ImageChops.subtract(whole, alpha(icons, layer, layer.gap))
        whole = ImageChops.add(whole, alpha(icons, layer))
    return Image.merge("RGBA", (*[Image.new("L", whole.size, 255)] * 3, whole))


def coarse(file: Path) -> tuple[int, ...]:
    """A picture as it is seen from afar: 24 x 24 places of 0 to 255."""
    whole = Image.open(file).convert("RGBA").getchannel("A")
    return tuple(whole.resize((24, 24), Image.Resampling.BOX).tobytes())


def difference(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """0: the same picture; 1: nothing in common."""
    both = sum(min(a, b) for a, b in zip(one, other, strict=True))
    return 1 - 2 * both / (sum(one) + sum(other))


def main(icons: Path) -> None:
    here = Path(__file__).parent
    for name, layers in PICTOGRAMS.items():
        picture(icons, layers).save(here / f"{name}.png", optimize=True)
    print(f"{len(PICTOGRAMS)} pictograms")


def sheet(file: Path) -> None:
    """Every category and its topics in a row, in their colour, as on the screen."""
    here, side = Path(__file__).parent, 160
    rows = []
    for category in sorted((here.parent / "categories").glob("*.yaml")):
        text = category.read_text(encoding="utf-8")
        names = re.findall(r"^(?:  )?  pictogram: (\w+)|^pictogram: (\w+)", text, re.MULTILINE)
        colour = re.search(r'^colour: "(#\w+)"', text, re.MULTILINE)
        rows.append(([one or other for one, other in names], colour.group(1) if colour else "#000"))
    whole = Image.new(
        "RGB", (side * max(len(names) for names, _ in rows), side * len(rows)), "#fff"
    )
    for down, (names, colour) in enumerate(rows):
        for across, name in enumerate(names):
            tile = Image.new("RGB", (side - 8, side - 8), colour)
            drawn = Image.open(here / f"{name}.png").resize((side - 40, side - 40))
            tile.paste(drawn, (16, 16), drawn)
            whole.paste(tile, (across * side + 4, down * side + 4))
    whole.save(file, optimize=True)


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--sheet":
        sheet(Path(sys.argv[2]))
    elif len(sys.argv) == 2:
        main(Path(sys.argv[1]))
    else:
        raise SystemExit(__doc__)
