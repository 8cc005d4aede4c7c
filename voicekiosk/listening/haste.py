"""Whether what was understood so far can be taken as all that will be said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise

from voicekiosk.core.content import Bands, Meaning
from voicekiosk.core.matching import Accept, Decision, Reject, decide
from voicekiosk.core.messages import Utterance
from voicekiosk.core.types import KYRGYZ, OptionId


class Haste:
    """Knows the grammar: which phrases are complete, and how sure is sure enough.

    Only decides how long to wait. What is done about an utterance, the dialogue decides.
    """

    def __init__(self, meanings: Mapping[str, tuple[Meaning, ...]], bands: Bands) -> None:
        self._meanings = meanings
        self._bands = bands
        ordered = sorted(meanings)
        # In alphabetical order whatever begins with a phrase comes right after it. Letters, not
        # words: the pause may be that of a double consonant.
        self._open = {a for a, b in pairwise(ordered) if b.startswith(a)}

    def certain(self, utterance: Utterance, offered: Collection[OptionId]) -> bool:
        """Nothing the visitor may still say would make it a different phrase of the grammar."""
        return self._complete(utterance) and isinstance(self._decided(utterance, offered), Accept)

    def likely(self, utterance: Utterance, offered: Collection[OptionId]) -> bool:
        """At least worth a question, and complete."""
        return self._complete(utterance) and self.understood(utterance, offered)

    def understood(self, utterance: Utterance, offered: Collection[OptionId]) -> bool:
        return not isinstance(self._decided(utterance, offered), Reject)

    def _complete(self, utterance: Utterance) -> bool:
        return bool(utterance.candidates) and utterance.candidates[0].phrase not in self._open

    def _decided(self, utterance: Utterance, offered: Collection[OptionId]) -> Decision:
        # The language only says in which one to answer: it changes nothing about how sure we are.
        return decide(utterance, self._meanings, self._bands, KYRGYZ, offered)
