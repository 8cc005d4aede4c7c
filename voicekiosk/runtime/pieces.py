"""What of a prompt is played: from a sentence on, and at a slower pace sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from voicekiosk.core.types import Clip, Pcm, Seconds

Stretch = Callable[[Clip, float], Clip]
"""The same clip at another pace, with the same pitch."""


class Piece(NamedTuple):
    spoken: int
    """Index into what is being said."""
    first: int
    """The sentence with which the clip begins."""
    clip: Clip


def pieces(spoken: int, clip: Clip, first: int, pace: float, stretch: Stretch) -> Iterator[Piece]:
    """One piece; or where it must be stretched one for each sentence, so that the first of them
    need not wait for the rest."""
    first = min(first, len(clip.starts) - 1)
    if pace == 1:
        yield Piece(spoken, first, _part(clip, first, len(clip.starts)))
        return
    for sentence in range(first, len(clip.starts)):
        yield Piece(spoken, sentence, stretch(_part(clip, sentence, sentence + 1), pace))


def _part(clip: Clip, first: int, end: int) -> Clip:
    """The sentences from ``first`` up to ``end``."""
    if first == 0 and end == len(clip.starts):
        return clip
    begin = clip.starts[first]
    last = clip.starts[end] if end < len(clip.starts) else clip.pcm.duration
    from_byte, to_byte = (2 * round(at * clip.pcm.rate) for at in (begin, last))
    return replace(
        clip,
        pcm=Pcm(clip.pcm.samples[from_byte:to_byte], clip.pcm.rate),
        starts=tuple(Seconds(start - begin) for start in clip.starts[first:end]),
    )
