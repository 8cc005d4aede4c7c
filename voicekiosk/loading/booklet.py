"""Everything the kiosk says with its sources, as pages to print, read, mark and sign."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from pathlib import Path

from voicekiosk.core.content import Category, Option, Topic
from voicekiosk.core.types import OptionId
from voicekiosk.loading import booklet_words as words
from voicekiosk.loading.facts import Fact, Kind
from voicekiosk.loading.folder import Loaded
from voicekiosk.loading.reviews import Reviewed, awaiting
from voicekiosk.loading.spreadsheet_words import KINDS, TITLES
from voicekiosk.loading.texts import Text


def booklet(
    folder: Path,
    loaded: Loaded,
    texts: Mapping[str, Text],
    reviews: Mapping[str, Reviewed],
    today: date,
) -> str:
    """One HTML file that needs nothing else: pictures are inside, and no script."""
    return _Booklet(folder, loaded, texts, reviews).whole(today)


class _Booklet:
    def __init__(
        self,
        folder: Path,
        loaded: Loaded,
        texts: Mapping[str, Text],
        reviews: Mapping[str, Reviewed],
    ) -> None:
        self._pictures, self._content, self._facts = (
            folder / "pictograms",
            loaded.content,
            loaded.facts,
        )
        self._texts, self._reviews = texts, reviews
        self._locales = loaded.content.locales
        self._left = dict(texts)
        """What does not stand in any section yet: nothing may be forgotten."""
        self._contents: list[str] = []

    def whole(self, today: date) -> str:
        body = [
            *(
                self._category(place, name)
                for place, name in enumerate(self._content.categories, 1)
            ),
            self._facts_of(Kind.CLAIM, words.CLAIMS),
            self._facts_of(Kind.NUMBER, words.NUMBERS),
            self._section("selfcheck", words.SELFCHECK, ("activity.selfcheck.", "selfcheck.")),
            self._section(
                "days", words.DAYS, ("activity.days.", "answer.", "days.", "system.days.")
            ),
            self._section("system", words.SYSTEM, ("system.",)),
            self._section("commands", words.COMMANDS, ("command.",)),
            self._section("others", words.OTHERS, ("",)),
            f'<section id="sign"><h2>{words.AGREED}</h2>{self._notes(4)}</section>',
        ]
        self._contents.append(f'<li><a href="#sign">{words.AGREED}</a></li>')
        return (
            f'<!DOCTYPE html>\n<html lang="ky"><head><meta charset="utf-8">'
            f"<title>{words.TITLE}</title><style>{words.STYLE}</style></head><body>\n{self._cover(today)}"
            f'<nav class="page"><h2>{words.CONTENTS}</h2><ol>{"".join(self._contents)}</ol></nav>\n'
            + "\n".join(body)
            + "</body></html>\n"
        )

    def _cover(self, today: date) -> str:
        rows = "".join(
            f"<tr><td>{escape(TITLES[locale])}</td><td>{len(self._texts)}</td>"
            f"<td>{words.UNREVIEWED} {len(awaiting(self._texts, self._reviews, locale))}</td>"
            f"<td>{escape(self._content.reviewed_by.get(locale) or '—')}</td></tr>"
            for locale in self._locales
        )
        states = "".join(
            f"<tr><td>{words.CLAIMS if kind is Kind.CLAIM else words.NUMBERS}</td>"
            f"<td>{words.STATES[state]}</td><td>{count}</td></tr>"
            for kind in Kind
            for state, count in self._counts(kind).items()
        )
        how = "".join(f"<p>{paragraph}</p>" for paragraph in words.HOW)
        return (
            f'<div class="cover"><h1>{words.TITLE}</h1><p>{escape(self._content.version)}, '
            f"{today.isoformat()}</p>{how}<table>{rows}</table><table>{states}</table>"
            f"{self._notes(1)}</div>\n"
        )

    def _counts(self, kind: Kind) -> dict[str, int]:
        ours = [self._facts.state(fact) for fact in self._facts.by_id.values() if fact.kind is kind]
        return {state.value: ours.count(state) for state in dict.fromkeys(ours)}

    def _category(self, place: int, name: OptionId) -> str:
        category = self._content.options[name]
        assert isinstance(category, Category)
        topics = [self._content.options[topic] for topic in category.topics]
        listed = "".join(
            f'<li><a href="#{topic.id}">{place}.{at} {self._name(topic)}</a></li>'
            for at, topic in enumerate(topics, 1)
        )
        self._contents.append(
            f'<li><a href="#{name}">{self._name(category)}</a><ol>{listed}</ol></li>'
        )
        opening = (
            f'<section id="{name}">{self._header(category, category, "h2", f"{place}")}'
            f"{self._table(self._take(f'{name}.'))}</section>"
        )
        return opening + "\n".join(
            self._topic(topic, category, f"{place}.{at}")
            for at, topic in enumerate(topics, 1)
            if isinstance(topic, Topic)
        )

    def _topic(self, topic: Topic, category: Category, number: str) -> str:
        rows = [self._row(text) for text in self._take(f"{topic.id}.", "telling", "remember")]
        for prompt in topic.telling:
            kind, _, name = prompt.partition(".")
            if kind in set(Kind):
                rows.append(self._fact_rows(self._facts.by_id[name.removesuffix(".otherwise")]))
            else:
                rows += [self._row(text) for text in self._take_exactly(prompt)]
        rows += [self._row(text) for text in self._take(f"{topic.id}.")]
        related = "; ".join(self._name(self._content.options[other]) for other in topic.related)
        more = f"<p>→ {words.RELATED}: {related}</p>" if related else ""
        return (
            f'<section id="{topic.id}">{self._header(topic, category, "h3", number)}'
            f"{self._table_of(rows)}{more}{self._notes(1)}</section>"
        )

    def _facts_of(self, kind: Kind, title: str) -> str:
        told: dict[str, list[str]] = {}
        for option in self._content.options.values():
            for prompt in option.telling if isinstance(option, Topic) else ():
                told.setdefault(prompt.removesuffix(".otherwise"), []).append(self._name(option))
        tables = []
        for fact in self._facts.by_id.values():
            if fact.kind is kind:
                where = "; ".join(told.get(fact.prompt, [words.NOBODY]))
                tables.append(
                    f"{self._table_of([self._fact_rows(fact)])}<p>{words.TOLD_IN}: {where}</p>"
                )
        return self._titled(f"{kind}s", title, "".join(tables)) if tables else ""

    def _section(self, name: str, title: str, prefixes: tuple[str, ...]) -> str:
        found = [text for prefix in prefixes for text in self._take(prefix)]
        return self._titled(name, title, self._table(found) + self._notes(1)) if found else ""

    def _titled(self, name: str, title: str, inner: str) -> str:
        self._contents.append(f'<li><a href="#{name}">{title}</a></li>')
        return f'<section id="{name}"><h2>{title}</h2>{inner}</section>'

    def _take(self, prefix: str, *but: str) -> list[Text]:
        """Texts not yet shown whose id begins so, and whose kind is not among ``but``."""
        found = [
            t for name, t in self._left.items() if name.startswith(prefix) and t.kind not in but
        ]
        for text in found:
            del self._left[text.id]
        return found

    def _take_exactly(self, name: str) -> list[Text]:
        text = self._left.pop(name, None)
        return [text] if text else []

    def _name(self, option: Option) -> str:
        return " / ".join(escape(option.names[locale]) for locale in self._locales)

    def _header(self, option: Option, category: Category, level: str, number: str) -> str:
        file = self._pictures / f"{option.pictogram}.png"
        data = base64.b64encode(file.read_bytes()).decode() if file.stat().st_size else ""
        return (
            f'<header><img alt="" style="background:{escape(category.colour)}" '
            f'src="data:image/png;base64,{data}"><{level}>{number}. {self._name(option)}</{level}>'
            "</header>"
        )

    def _table(self, texts: Iterable[Text]) -> str:
        return self._table_of([self._row(text) for text in texts])

    def _table_of(self, rows: list[str]) -> str:
        heads = "".join(f"<th>{escape(TITLES[locale])}</th>" for locale in self._locales)
        return (
            f'<table><colgroup><col class="kind">{"<col>" * len(self._locales)}</colgroup>'
            f"<thead><tr><th></th>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        )

    def _row(self, text: Text) -> str:
        kind = " · ".join(KINDS.get(text.kind, (text.kind,)))
        cells = "".join(self._cell(text, place) for place in range(len(self._locales)))
        return (
            f'<tr><td class="kind">{kind}<br><span class="id">{escape(text.id)}</span></td>'
            f"{cells}</tr>"
        )

    def _cell(self, text: Text, place: int) -> str:
        locale = self._locales[place]
        review = self._reviews.get(text.id, Reviewed()).by_locale.get(locale)
        mark = words.UNREVIEWED
        if review and review.covers(text, locale):
            mark = f"{words.REVIEWED} {escape(review.by)}, {review.on}"
        said = "".join(f"<p>{escape(line)}</p>" for line in text.lines[locale])
        return f'<td lang="{locale[:2]}">{said}<span class="tick">{mark}</span></td>'

    def _fact_rows(self, fact: Fact) -> str:
        """State and source, then every wording; shown wherever it is told."""
        about = [f'<span class="state">{words.STATES[self._facts.state(fact).value]}</span>']
        if fact.check:
            about.append(
                f"{words.CHECKED}: {escape(fact.check.by)}, {fact.check.on} – {fact.check.until}"
            )
        about += [f'<span class="digits">{escape(fact.number)}</span>'] if fact.number else []
        about += [f"{key}: {escape(value)}" for key, value in fact.details.items()]
        about.append(f"{words.SOURCE}: {escape(fact.source)} ({fact.seen_on or '?'})")
        about += [f"{words.WATCH}: {escape(fact.watch)}"] if fact.watch else []
        columns = len(self._locales) + 1
        first = f'<tr class="fact"><td colspan="{columns}">{"<br>".join(about)}</td></tr>'
        wordings = [
            text
            for name, text in self._texts.items()
            if name == fact.prompt or name.startswith(f"{fact.prompt}.")
        ]
        for text in wordings:
            self._left.pop(text.id, None)
        return first + "".join(self._row(text) for text in wordings)

    def _notes(self, times: int) -> str:
        lines = "".join(f"<div>{line}</div>" for line in words.SIGN)
        return (
            f'<div class="notes">{words.NOTES}</div>' + f'<div class="sign">{lines}</div>' * times
        )
