"""The page of a recorded visit: what was done when, how it looked and what was said."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from pathlib import Path

from voicekiosk.core.content import Content, Topic
from voicekiosk.core.types import OptionId

_STYLE = """
body { font: 17px/1.5 sans-serif; max-width: 1000px; margin: 2em auto; padding: 0 1em; }
section { display: grid; grid-template-columns: 420px 1fr; gap: 1.2em; margin: 1.6em 0; }
img { width: 420px; border: 1px solid #999; }  audio { width: 100%; }
h2 { margin: 0 0 .3em; font-size: 1.1em; }  code { font-size: .85em; }
button { font: inherit; }
"""


@dataclass
class Step:
    """One thing the visitor did, and what came of it."""

    seconds: float
    did: str
    picture: str
    journal: list[dict[str, str]] = field(default_factory=list)


class Page:
    def __init__(self, out: Path, content: Content) -> None:
        self.steps: list[Step] = []
        self._out = out
        self._content = content

    def write(self) -> None:
        """index.html, with everything beside it, and the same as plain transcript.txt."""
        (self._out / "transcript.txt").write_text(
            "".join(f"{_clock(s.seconds)}  {s.did}{self._outcome(s)}\n" for s in self.steps),
            encoding="utf-8",
        )
        steps = "\n".join(self._section(step) for step in self.steps)
        (self._out / "index.html").write_text(
            f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>A visit to the kiosk</title>
<style>{_STYLE}</style>
<h1>A visit to the kiosk</h1>
<p>The real program at real speed, on a virtual screen and handset. Its visitor is scripted and
speaks with a synthetic voice. This is what the handset's ear heard:</p>
<audio id="ear" controls src="handset.flac"></audio>
{steps}
<script>
const ear = document.getElementById("ear");
function hear(at) {{ ear.currentTime = at; ear.play(); }}
</script>
</html>
""",
            encoding="utf-8",
        )

    def _section(self, step: Step) -> str:
        shown = self._out / step.picture
        picture = f'<img src="{step.picture}" alt="the screen">' if shown.exists() else ""
        lines = "".join(f"<br><code>{html.escape(str(line))}</code>" for line in step.journal)
        return (
            f"<section><div>{picture}</div><div>"
            f'<h2><button onclick="hear({step.seconds:.2f})">{_clock(step.seconds)}</button> '
            f"{html.escape(step.did)}</h2>"
            f"<p>{html.escape(self._outcome(step).lstrip(' →'))}</p>"
            f"<p>The journal keeps:{lines or ' nothing'}</p>{self._told(step)}</div></section>"
        )

    def _outcome(self, step: Step) -> str:
        return "".join(
            f"  → {line['what']}"
            + (f" {' / '.join(self._names(line['option']))}" if "option" in line else "")
            for line in step.journal
        )

    def _names(self, option: str) -> tuple[str, ...]:
        known = self._content.options.get(OptionId(option))
        return tuple(known.names.values()) if known else (option,)

    def _told(self, step: Step) -> str:
        """The beginning of what the kiosk tells about a chosen topic, in each language."""
        told = ""
        for line in step.journal:
            topic = self._content.options.get(OptionId(line.get("option", "")))
            if line["what"] == "chosen" and isinstance(topic, Topic) and topic.has_telling:
                for locale in self._content.locales:
                    prompts = (self._content.prompts[prompt][locale] for prompt in topic.telling)
                    sentences = [sentence for prompt in prompts for sentence in prompt]
                    told += f'<p lang="{locale}">{html.escape(" ".join(sentences[:3]))} …</p>'
        return told


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{seconds % 60:04.1f}"
