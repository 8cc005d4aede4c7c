"""Abbreviations and capital letters as they are said aloud."""

from __future__ import annotations

import re

from voicekiosk.core.types import Locale, language_of
from voicekiosk.language.patterns import rule

_CONSONANTS = "БВГДЖЗКЛМНПРСТФХЦЧШ"
_SPELT = "бэ вэ гэ дэ жэ зэ ка эль эм эн пэ эр эс тэ эф ха цэ че ша"
_NAMES = dict(zip(_CONSONANTS, _SPELT.split(), strict=True))
_SHORT = {
    "ru": {
        r"и т\. ?д\.": "и так далее",
        r"и т\. ?п\.": "и тому подобное",
        r"и др\.": "и другие",
        r"т\. ?е\.": "то есть",
        r"т\. ?к\.": "так как",
        r"напр\.": "например",
        r"по тел\.": "по телефону",
        r"тел\.": "телефон",
        r"д\.(?= \w)": "дом",
        r"ул\.": "улица",
        r"просп\.": "проспект",
        r"обл\.": "область",
        r"№": "номер",
        r"%": "процент",
        r"и/или": "или",
    },
    "ky": {
        r"ж\. ?б\. ?у\. ?с\.": "жана башка ушул сыяктуулар",
        r"ж\. ?б\.": "жана башкалар",
        r"б\. ?а\.": "башкача айтканда",
        r"м\. ?у\.": "мисалы үчүн",
        r"тел\.": "телефон",
        r"көч\.": "көчөсү",
        r"обл\.": "облусу",
        r"№": "номер",
        r"%": "пайыз",
        r"жана/же": "же",
    },
}
_RULES = {
    language: [
        rule(rf"(?<!\w){short}(?!\w)", lambda _match, said=said: said)  # type: ignore[misc]
        for short, said in table.items()
    ]
    for language, table in _SHORT.items()
}
_CAPITALS = re.compile(r"(?<!\w)[БВГДЖЗКЛМНПРСТФХЦЧШ]{2,5}(?!\w)")


def spell_out(text: str, locale: Locale) -> str:
    """Abbreviations as words; capitals without a vowel, which no voice can read, by letters."""
    for pattern, say in _RULES[language_of(locale)]:
        text = pattern.sub(say, text)
    shouted = not any(letter.islower() for letter in text)
    if shouted:  # a heading, not an abbreviation
        return text
    return _CAPITALS.sub(lambda found: " ".join(_NAMES[letter] for letter in found[0]), text)
