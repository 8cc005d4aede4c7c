"""What listening to a clip of a known text can tell; the words of ``pack proof``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """How well a text explains a clip: nats by which it beats the likeliest sounds at all.

    Where the text is said, it wins, since it knows what comes next and any sounds must guess.
    """

    score: float
    """Of the whole clip, for every 30 ms of speech; near 0 the text explains nothing."""
    worst: float
    """Of the worst stretch of sounds, together; 0 when there is none that loses."""
    where: str
    """The words of that stretch."""
    first: float
    """Of its first sounds, the worst number of them from one to four together."""
    last: float
    seconds: float
    """From the first sound of the text to its last."""


NO_MATCH = Match(-9.0, -999.0, "", -99.0, -99.0, 0.0)
"""The clip is too short for the sounds of the text."""


@dataclass(frozen=True, slots=True)
class Instead:
    """One word that sounds like another which could stand in its place."""

    written: str
    heard: str
    nats: float
    """By which the clip is likelier with the other word."""
