"""Renders the pictograms, white on transparent, from the Material Design Icons package.

Get the icons with ``npm pack @mdi/svg@7.4.47``, unpack them, then run
``python content/pictograms/render.py UNPACKED/package/svg``. Needs cairosvg.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import cairosvg

SIZE = 256
PICTOGRAMS = {
    # categories
    "before_leaving": "bag-suitcase",
    "russia": "castle",
    "countries": "earth",
    "work": "account-hard-hat",
    "danger": "alert",
    "help": "lifebuoy",
    # before leaving
    "documents": "card-account-details",
    "blacklist": "account-cancel",
    "agency": "store-search",
    "job_offer": "briefcase-search",
    "copies": "content-copy",
    "border": "airplane",
    # russia
    "entry": "boom-gate-up",
    "registration": "home-map-marker",
    "ninety_days": "calendar-clock",
    "fingerprints": "fingerprint",
    "register": "clipboard-account",
    "children": "human-male-child",
    # countries
    "kazakhstan": "horse-variant",
    "turkey": "star-crescent",
    "korea": "yin-yang",
    "gulf": "palm-tree",
    "europe": "fruit-cherries",
    "other_country": "map-search",
    # work
    "patent": "file-question",
    "contract": "file-sign",
    "wages": "cash-remove",
    "illness": "hospital-box",
    "pension": "hand-coin",
    "transfers": "cash-fast",
    # danger
    "trafficking": "account-lock",
    "passport_taken": "passport-remove",
    "debt": "weight",
    "war": "tank",
    "scams": "needle",
    "violence": "hand-back-right",
    # help
    "emergency": "ambulance",
    "hotline": "phone-in-talk",
    "embassy": "bank",
    "lost_passport": "passport-alert",
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
    "yes": "check-bold",
    "no": "close-thick",
    "kyrgyz": "translate",
    "russian": "translate",
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


def drawing(icons: Path, icon: str) -> str:
    """One icon in white, as SVG."""
    found = re.search(r' d="([^"]+)"', (icons / f"{icon}.svg").read_text(encoding="utf-8"))
    if not found:
        raise SystemExit(f"{icon}.svg holds no path")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
        f'<path fill="#fff" d="{found.group(1)}"/></svg>'
    )


def main(icons: Path) -> None:
    here = Path(__file__).parent
    for name, icon in PICTOGRAMS.items():
        cairosvg.svg2png(
            bytestring=drawing(icons, icon).encode(),
            write_to=str(here / f"{name}.png"),
            output_width=SIZE,
            output_height=SIZE,
        )
    print(f"{len(PICTOGRAMS)} pictograms")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
