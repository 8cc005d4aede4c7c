"""A proof as a sheet for staff, the doubtful clips first, each to be played; and as JSON."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from voicekiosk.packs import proof_words as words
from voicekiosk.packs.proofing import Proof

_STYLE = """
body{font:18px/1.5 system-ui,sans-serif;margin:1.5rem auto;max-width:60rem;padding:0 1rem;
 color:#111}
article{border:2px solid #b3261e;border-radius:.6rem;padding:.7rem 1rem;margin:1rem 0}
article p{margin:.3rem 0}.text{font-size:1.25rem;font-weight:600}.why{color:#b3261e}
.id,.fit{font:14px/1.4 system-ui,sans-serif;color:#555}audio{width:100%;margin:.3rem 0}
details article{border:1px solid #bbb}summary{font-size:1.2rem;font-weight:600;cursor:pointer}
.how{background:#eef5fb;border-left:5px solid #1b6ca8;padding:.6rem 1rem}
@media print{audio{display:none}}
"""
_TYPES = {".opus": "audio/ogg", ".ogg": "audio/ogg", ".flac": "audio/flac", ".wav": "audio/wav"}


def as_html(proofs: Sequence[Proof], title: str, language: str, folder: Path) -> str:
    """One file that needs nothing else for the doubtful clips: their sound is inside. The others
    are played from the pack, as seen from ``folder``, where the sheet will lie."""
    at = words.LANGUAGES.index(language)
    doubtful = [proof for proof in proofs if proof.doubts]
    good = [proof for proof in proofs if not proof.doubts]
    heading = f"{words.TITLE[at]}: {title}"
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{language}"><head><meta charset="utf-8"><title>{escape(heading)}</title>',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<style>{_STYLE}</style></head><body><h1>{escape(heading)}</h1>",
        f'<p class="how">{escape(words.HOW[at])} {escape(words.UNREVIEWED[at])}</p>',
        f"<h2>{words.DOUBTFUL[at].format(len(doubtful), len(proofs))}</h2>",
        *([] if doubtful else [f"<p>{words.NONE[at]}</p>"]),
        *(_article(proof, language, _embedded(proof.line.file)) for proof in doubtful),
        f"<details><summary>{words.GOOD[at].format(len(good))}</summary>",
        *(_article(proof, language, _linked(proof.line.file, folder)) for proof in good),
        "</details></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _article(proof: Proof, language: str, source: str) -> str:
    at = words.LANGUAGES.index(language)
    spoken = proof.line.spoken
    reasons = "".join(
        f'<p class="why">{escape(words.reason(doubt, language))}</p>' for doubt in proof.doubts
    )
    player = f'<audio controls preload="none" src="{source}"></audio>' if source else ""
    fit = f"{words.SCORE[at]}: {proof.match.score:.2f}" if proof.match else ""
    return (
        f'<article><p class="text" lang="{escape(spoken.locale)}">{escape(proof.line.text)}</p>'
        f"{reasons}{player}"
        f'<p class="fit">{fit}</p><p class="id">{escape(spoken.prompt)} · {escape(spoken.locale)}'
        f" · {escape(proof.line.file.name)}</p></article>"
    )


def _embedded(file: Path) -> str:
    kind = _TYPES.get(file.suffix.lower())
    try:
        inside = base64.b64encode(file.read_bytes()).decode() if kind else ""
    except OSError:
        return ""
    return f"data:{kind};base64,{inside}" if inside else ""


def _linked(file: Path, folder: Path) -> str:
    try:
        path = os.path.relpath(file, folder)
    except ValueError:  # another drive
        return file.as_uri()
    return quote(Path(path).as_posix())


def as_json(proofs: Sequence[Proof]) -> str:
    """Every clip in the same order, with all that was measured."""
    clips = [
        {
            "prompt": proof.line.spoken.prompt,
            "locale": proof.line.spoken.locale,
            "file": proof.line.file.name,
            "text": proof.line.text,
            "doubts": [
                {"fault": d.fault.value, "about": d.about, "reason": words.reason(d, "en")}
                for d in proof.doubts
            ],
            "fit": round(proof.match.score, 3) if proof.match else None,
            "worst_stretch": round(proof.match.worst, 1) if proof.match else None,
            "seconds": round(proof.sound.seconds, 2) if proof.sound else None,
            "loudness": _number(proof.sound.loudness) if proof.sound else None,
            "noise_floor": round(proof.sound.floor, 1) if proof.sound else None,
            "crest": round(proof.sound.crest, 1) if proof.sound else None,
        }
        for proof in proofs
    ]
    doubtful = sum(bool(proof.doubts) for proof in proofs)
    whole = {"clips": len(proofs), "doubtful": doubtful, "proofs": clips}
    return json.dumps(whole, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _number(value: float) -> float | None:
    """Silence has no loudness, and JSON no infinity."""
    return round(value, 1) if abs(value) < 1e6 else None
