"""Figures held against outcomes that are counted by hand."""

import itertools
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from voicekiosk.core.content import Bands, Meaning
from voicekiosk.core.messages import Candidate, Utterance
from voicekiosk.core.types import KYRGYZ, RUSSIAN, OptionId
from voicekiosk.evaluation.corpus import Recording
from voicekiosk.evaluation.engines import ACCEPTED, AMISS, ASKED, REFUSED, WRONG, Outcome, judged
from voicekiosk.evaluation.figures import Evaluation, as_json, table
from voicekiosk.evaluation.report import as_html
from voicekiosk.evaluation.scoring import Rate, Score, quantile, scores, threshold
from voicekiosk.evaluation.trials import Menu, Trial

VISA, DEBT = OptionId("topic.visa"), OptionId("topic.debt")
MENU = Menu(
    "content",
    {
        "виза": (Meaning(VISA, RUSSIAN),),
        "карыз": (Meaning(DEBT, KYRGYZ),),
        "долг": (Meaning(DEBT, RUSSIAN),),
    },
    (),
    Bands(accept=0.8, confirm=0.4, margin=0.2),
    (),
)


def outcome(
    said: str, heard: str | None, score: float, verdict: str, inside: bool = True, **more: object
) -> Outcome:
    known = {
        "engine": "ours",
        "menu": "content",
        "condition": "quiet",
        "recording": 0,
        "locale": RUSSIAN,
        "speaker": "s1",
        "group": "",
        "deciding": 0.1,
        "deciding_busy": 0.05,
        "computing": 0.2,
        "lasting": 2.0,
    }
    return Outcome(
        said=said,
        heard=heard,
        score=score,
        verdict=verdict,
        inside=inside,
        right=inside and heard == said,
        **{**known, **more},  # type: ignore[arg-type]
    )


def imposters(*certain: float) -> list[Outcome]:
    return [
        outcome("дом", "visa" if s else None, s, WRONG if s >= 0.8 else REFUSED, inside=False)
        for s in certain
    ]


def verdict(target: OptionId | None, *candidates: tuple[str, float]) -> tuple[str, bool, float]:
    heard = Utterance(tuple(Candidate(phrase, sure) for phrase, sure in candidates))
    trial = Trial(0, (target,) if target else ())
    result = judged(heard, MENU, trial, Recording(Path("a.wav"), "что-то", RUSSIAN))
    return result.verdict, result.right, result.score


def test_every_answer_of_a_recognizer_is_judged_as_the_kiosk_would_act():
    assert verdict(VISA, ("виза", 0.9)) == (ACCEPTED, True, 0.9)
    assert verdict(VISA, ("виза", 0.5)) == (ASKED, True, 0.5)
    assert verdict(VISA, ("долг", 0.5), ("виза", 0.45)) == (ASKED, False, 0.5)
    assert verdict(VISA, ("долг", 0.5)) == (AMISS, False, 0.5)
    assert verdict(VISA, ("долг", 0.9)) == (WRONG, False, 0.9)
    assert verdict(VISA, ("виза", 0.1)) == (REFUSED, True, 0.1)
    assert verdict(VISA) == (REFUSED, False, 0.0)


def test_two_phrases_of_one_option_speak_for_it_together():
    assert verdict(DEBT, ("карыз", 0.5), ("долг", 0.4)) == (ACCEPTED, True, pytest.approx(0.9))


def test_an_imposter_is_let_in_asked_or_refused():
    assert verdict(None, ("виза", 0.9)) == (WRONG, False, 0.9)
    assert verdict(None, ("виза", 0.5)) == (AMISS, False, 0.5)
    assert verdict(None) == (REFUSED, False, 0.0)


def test_an_interval_is_wilsons():
    low, high = Rate(95, 100).interval
    assert (round(low, 4), round(high, 4)) == (0.8882, 0.9785)
    assert Rate(0, 50).interval[0] == 0.0 and 0.05 < Rate(0, 50).interval[1] < 0.08
    assert Rate(0, 0).interval == (0.0, 1.0)


def test_a_threshold_lets_in_no_more_than_it_says():
    certain = [n / 100 for n in range(100)]
    for target in (0.02, 0.05):
        bar = threshold(certain, target)
        assert sum(c > bar for c in certain) == round(100 * target)
    assert threshold([0.5] * 100, 0.02) == 0.5  # all alike: none, rather than all
    assert threshold([0.9, 0.1], 0.02) == 0.9


def test_a_quantile_is_one_of_the_values():
    assert quantile([5.0, 1.0, 3.0], 0.5) == 3.0
    assert quantile(list(range(1, 21)), 0.95) == 19


def counted() -> Score:
    inside = [
        *[outcome("visa", "visa", 0.9, ACCEPTED)] * 6,
        outcome("visa", "debt", 0.95, WRONG, speaker="s2"),
        outcome("debt", "debt", 0.5, ASKED, speaker="s2", locale=KYRGYZ),
        outcome("debt", "visa", 0.3, REFUSED, speaker="s2", locale=KYRGYZ, deciding=0.4),
        outcome("debt", None, 0.0, REFUSED, speaker="s2", locale=KYRGYZ),
    ]
    (score,) = scores([*inside, *imposters(0.85, *[0.2] * 10, *[0.0] * 9)])
    return score


def test_everything_is_counted():
    score = counted()
    assert (score.right.k, score.right.n) == (7, 10)
    counts = {name: rate.k for name, rate in score.verdicts.items()}
    assert counts == {ACCEPTED: 6, ASKED: 1, AMISS: 0, REFUSED: 2, WRONG: 1}
    assert (score.imposters_accepted.k, score.imposters_accepted.n) == (1, 20)
    none, one = score.at(0.02), score.at(0.05)
    assert (none.threshold, none.accepted.k, none.wrong.k, none.imposters.k) == (0.85, 6, 1, 0)
    assert (one.threshold, one.accepted.k, one.wrong.k, one.imposters.k) == (0.2, 7, 2, 1)
    assert score.confusions == (("visa", "debt", 1, 1), ("debt", "visa", 1, 0))
    assert score.false_accepts == (("дом", "visa", 1),)
    assert score.deciding == (100.0, 100.0) and score.deciding_busy == (50.0, 50.0)
    assert score.real_time == pytest.approx(0.1)


def test_topics_languages_and_speakers_are_told_apart():
    parts = counted().parts
    topics = {part.name: (part.right.k, part.right.n) for part in parts["topic"]}
    assert topics == {"visa": (6, 7), "debt": (1, 3)}
    assert {p.name: p.right.n for p in parts["language"]} == {KYRGYZ: 3, RUSSIAN: 7}
    assert {p.name: p.right.n for p in parts["speaker"]} == {"s1": 6, "s2": 4}
    assert parts["group"] == ()


def test_the_curve_falls_from_everything_missed_to_everybody_let_in():
    curve = counted().curve
    assert curve[0] == (0.0, 1.0)
    assert all(a[0] <= b[0] and a[1] >= b[1] for a, b in itertools.pairwise(curve))
    assert curve[-1] == (0.55, 0.3)  # nine heard nothing and are never let in


def evaluation() -> Evaluation:
    cold = [
        outcome("visa", "<b>visa", 0.5, AMISS, engine="other & co", condition="hall"),
        *imposters(0.1),
    ]
    return Evaluation("test", [counted(), *scores(cold[:1])], ["A <note>."], ["other: <broken>"])


def test_the_table_has_engines_side_by_side_and_says_what_it_means():
    shown = table(evaluation())
    first, second = (line for line in shown.splitlines() if line.startswith(("quiet", "hall")))
    assert first.split()[:5] == ["quiet", "ours", "10+20", "70.0", "(40-89)"]
    assert second.split()[:5] == ["hall", "other", "&", "co", "1+0"]
    assert "A <note>." in shown and "chosen on these very recordings" in shown


def test_the_file_gives_every_figure_its_n():
    kept = json.loads(as_json(evaluation()))
    first = kept["scores"][0]
    assert first["right"] == {"k": 7, "n": 10, "share": 0.7, "low": 0.3968, "high": 0.8922}
    assert first["fixed_bands"]["imposters_accepted"]["n"] == 20
    assert first["by"]["topic"][0]["right"]["n"] == 3
    assert kept["scores"][1]["right"]["share"] == 0.0

    def rates(value: object) -> list[dict[str, object]]:
        if isinstance(value, dict):
            own = [value] if "share" in value else []
            return own + [r for v in value.values() for r in rates(v)]
        return [r for v in value for r in rates(v)] if isinstance(value, list) else []

    assert len(rates(kept)) > 30 and all("n" in rate for rate in rates(kept))


def test_the_report_is_whole_and_asks_nothing_of_the_network():
    page = as_html(evaluation())
    opened: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            named = dict(attrs)
            assert not {"src", "href"} & set(named)
            if tag not in {"meta", "line", "rect", "circle", "polyline"}:
                opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if tag not in {"line", "rect", "circle", "polyline"}:
                assert opened.pop() == tag

    Reader().feed(page)
    assert opened == []
    assert page.count("<svg") >= 3 and "<polyline" in page
    assert "&lt;b&gt;visa" in page and "other &amp; co" in page and "&lt;broken&gt;" in page
    assert "A &lt;note&gt;." in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "nan" not in page.lower().replace("finance", "")
