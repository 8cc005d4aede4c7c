"""Looks at a foreign Vosk model from a process of its own, which a broken one may end."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

from voicekiosk.ports import RecognitionError

_MENDED = "Unpack its archive again, or use another small model (vosk-model-small-...)."
_LAYOUTS = (
    ("am/final.mdl", "conf/mfcc.conf", "graph/HCLr.fst", "graph/Gr.fst"),
    ("final.mdl", "mfcc.conf", "HCLr.fst", "Gr.fst"),
)
"""How Vosk models have been laid out: since 2020, and before."""
_PATIENCE = 120
"""Seconds that loading may take on the slowest machine."""


def looks_native(model: Path) -> bool:
    """Whether a folder has the parts of a Vosk model with a graph of its own."""
    return any(all((model / part).is_file() for part in layout) for layout in _LAYOUTS)


def check_native(model: Path) -> None:
    """Raise RecognitionError unless the folder holds a Vosk model that takes lists of phrases."""
    if looks_native(model):
        return
    if any((model / name).is_file() for name in ("graph/HCLG.fst", "HCLG.fst")):
        raise RecognitionError(
            f"{model.name} is a Vosk model with one fixed graph, which takes no list of phrases",
            "Use a small model (vosk-model-small-...).",
        )
    missing = [part for part in _LAYOUTS[0] if not (model / part).is_file()]
    raise RecognitionError(
        f"{model.name} is no Vosk model: it has no {', '.join(missing)}",
        "Name the folder that holds am, conf and graph, or its .zip.",
    )


def known_words(model: Path, words: Collection[str]) -> frozenset[str]:
    """Those of the words that the model knows. Loads it once, elsewhere; takes a second or two.

    Raises RecognitionError when Vosk cannot load it.
    """
    check_native(model)
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__, str(model.absolute())],
            input=json.dumps(sorted(words)),
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RecognitionError(
            f"Vosk was still loading {model.name} after {_PATIENCE} seconds", _MENDED
        ) from error
    if done.returncode:
        told = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        reason = f" ({told[0].rpartition(') ')[2][:120]})" if told else ""
        raise RecognitionError(f"Vosk cannot load the model {model.name}{reason}", _MENDED)
    return frozenset(json.loads(done.stdout))


def _main() -> None:
    import vosk  # type: ignore[import-untyped]

    vosk.SetLogLevel(-1)
    model = vosk.Model(model_path=sys.argv[1])
    # A model may load and still end the process when it is first asked to listen.
    decoder = vosk.KaldiRecognizer(model, 16_000)
    decoder.AcceptWaveform(bytes(16_000))
    decoder.FinalResult()
    json.dump([w for w in json.load(sys.stdin) if model.vosk_model_find_word(w) >= 0], sys.stdout)


if __name__ == "__main__":
    _main()
