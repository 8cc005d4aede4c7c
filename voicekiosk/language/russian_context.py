"""What the words around a Russian numeral ask of it: a case, and a gender."""

from __future__ import annotations

import re

from voicekiosk.language.russian_numbers import Case, Gender

_OF = (
    "до от из без для около после у кроме против свыше более менее больше меньше старше младше "
    "моложе дольше раньше позже позднее течение возрасте выше ниже с со вместо достигших"
)
GOVERNOR: dict[str, Case] = {
    **dict.fromkeys(_OF.split(), "g"),
    **dict.fromkeys(("к", "ко", "благодаря", "равно", "равен"), "d"),
    **dict.fromkeys(("в", "во", "на", "за", "через", "про", "по", "под"), "a"),
    **dict.fromkeys(("над", "перед", "между"), "i"),
    **dict.fromkeys(("о", "об", "при"), "p"),
}
"""The case a word asks for; ``в`` and ``на`` take another when the noun shows it."""
_BETWEEN = "примерно почти ровно всего только ещё еще приблизительно хотя бы"
_ADJECTIVE = re.compile(
    r".{2,}(?:ые|[гкхжчшщ]ие|ых|их|ый|ий|ой|ая|яя|ое|ее|ую|юю|ого|его|ым|им|ыми|ими|ому|ему)$"
)
_SOFT_MALE = "день рубль год месяц дождь путь гость вождь пень"
_MALE_A = "мужчина папа дядя дедушка судья юноша"
_FEMALE_PLACES = (
    "неделе стране бумаге анкете тысяче минуте копейке семье сумме странице школе комнате"
)


def governor(before: str) -> Case | None:
    """The case that the text before a number asks for; None when nothing does."""
    for word in reversed(re.findall(r"[\w-]+$|[\w-]+(?=[  ]+)", _clause(before))[-3:]):
        word = word.lower()
        if word in _BETWEEN.split():
            continue
        return GOVERNOR.get(word)
    return None


def _clause(before: str) -> str:
    return re.split(r"[.,;:!?()«»—–]", before.rstrip(" \u00a0"))[-1] + " "


_RANKED = re.compile(
    r"(класс|этаж|курс|пункт|раздел|кабинет|маршрут|подъезд)(а|у|е|ом)?"
    r"|(стать|глав|страниц|групп)(я|а|ь|е|у|ю|ью|ёй|ей|ой)"
)


def is_ranked(number: int, noun: str) -> bool:
    """`5 класс` is the fifth, and `в 3 классе` the third: written as a count, but none."""
    if number < 2:
        return False
    few = number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14)
    ranked = _RANKED.fullmatch(noun)
    return ranked is not None and not (few and ranked[2] == "а")


def noun_after(words: list[str]) -> str:
    """The noun a number counts: the first word behind it that is no adjective."""
    for word in words[:3]:
        if not _ADJECTIVE.match(word) or word in ("дней", "людей", "рублей"):
            return word
    return ""


def case_of(asked: Case | None, noun: str) -> Case:
    """The case of a number, from the word before it and the ending of the noun behind it."""
    if noun.endswith(("ами", "ями", "ьми")):
        return "i"
    if noun.endswith(("ах", "ях")) and asked in ("a", "p"):
        return "p"
    if noun.endswith(("ам", "ям")) and asked in ("d", "a") and len(noun) > 3:
        return "d"
    return asked or "n"


def gender_of(number: int, case: Case, noun: str) -> Gender:
    """Of the last word, which only one and two have; from the ending of the noun in its case."""
    if number % 100 in (11, 12) or number % 10 not in (1, 2) or not noun:
        return "m"
    if number % 10 == 2:
        return "f" if case in "na" and noun.endswith(("ы", "и")) else "m"
    if case == "g":
        return "f" if noun.endswith(("ы", "и")) else "m"
    if case == "d":
        return "f" if noun.endswith(("е", "и")) else "m"
    if case == "i":
        return "f" if noun.endswith(("ой", "ей", "ёй", "ью")) else "m"
    if case == "p":
        return "f" if noun in _FEMALE_PLACES.split() or noun.endswith("ии") else "m"
    if case == "a" and noun.endswith(("у", "ю")):
        return "f"
    if noun.endswith(("о", "е", "ё", "мя")):
        return "n"
    if noun.endswith("ь"):
        return "m" if noun in _SOFT_MALE.split() or noun.endswith(("тель", "арь", "ль")) else "f"
    return "f" if noun.endswith(("а", "я")) and noun not in _MALE_A.split() else "m"
