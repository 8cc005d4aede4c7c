"""Everything the kiosk says on paper, for a native reviewer and a ministry's lawyer."""

from __future__ import annotations

import base64
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.loading.small_folder import TODAY, SmallFolder, small_folder
from tests.loading.spoiling import CONTENT
from voicekiosk.cli import main
from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.loading import load_all
from voicekiosk.loading.booklet import booklet
from voicekiosk.loading.reviews import Review, Reviewed, read_reviews
from voicekiosk.loading.texts import fingerprint, read_texts

LOCALES = (KYRGYZ, RUSSIAN)
NEVER_CLOSED = {"meta", "img", "col", "br"}


class Page(HTMLParser):
    """What a browser would show: words, links and pictures, every tag closed in its order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.pictures: list[bytes] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {key: value or "" for key, value in attrs}
        assert tag not in ("script", "link", "iframe")
        if "href" in named:
            self.links.append(named["href"])
        if "id" in named:
            self.ids.append(named["id"])
        if tag == "img":
            kind, _, data = named["src"].partition("base64,")
            assert kind == "data:image/png;"
            self.pictures.append(base64.b64decode(data))
        if tag not in NEVER_CLOSED:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "\n".join(self.words)


def _page(folder: Path, reviews: dict[str, Reviewed] | None = None) -> Page:
    texts, known = read_texts(folder, LOCALES), reviews or read_reviews(folder, LOCALES)
    return Page(booklet(folder, load_all(folder, TODAY), texts, known, TODAY))


@pytest.fixture(scope="module")
def whole() -> Page:
    return _page(CONTENT)


def test_every_text_stands_in_it_in_both_languages(whole: Page) -> None:
    shown = Counter(whole.words)
    for text in read_texts(CONTENT, LOCALES).values():
        assert shown[text.id], text.id
        for lines in text.lines.values():
            for line in lines:
                assert shown[line], (text.id, line)


def test_every_claim_and_number_stands_with_its_source_and_state(whole: Page) -> None:
    facts = load_all(CONTENT, TODAY).facts
    for fact in facts.by_id.values():
        assert f": {fact.source} (" in whole.text, fact.id
        assert fact.watch in whole.text
        assert fact.number in whole.text
    assert whole.text.count("unconfirmed") >= len(facts.by_id)


def test_the_contents_lead_to_every_section_and_every_topic_has_its_picture(whole: Page) -> None:
    assert [link for link in whole.links if link.removeprefix("#") not in whole.ids] == []
    assert sorted(Counter(whole.ids).values())[-1] == 1, "an id stands twice"
    assert set(whole.ids) == {link.removeprefix("#") for link in whole.links}
    assert len(whole.pictures) == 42
    assert all(picture.startswith(b"\x89PNG") for picture in whole.pictures)


def test_what_looks_like_markup_is_printed_as_it_is(tmp_path: Path) -> None:
    folder: SmallFolder = small_folder(tmp_path)
    folder.change("claims.yaml", '"somewhere"', '"<b>a & b</b>"')
    folder.change("categories/1-work.yaml", "[Считайте дни.]", '["Считайте <i>."]')
    folder.change("categories/1-work.yaml", "<i>", "<«»>")
    page = _page(folder.folder)
    assert "Считайте <«»>." in page.words
    assert "<b>a & b</b>" in page.text


def test_who_reviewed_a_text_stands_beside_it(tmp_path: Path) -> None:
    folder = small_folder(tmp_path).folder
    lines = read_texts(folder, LOCALES)["claim.limit"].lines[KYRGYZ]
    review = Review(fingerprint(lines), "Айгүл", TODAY)
    page = _page(folder, {"claim.limit": Reviewed({KYRGYZ: review})})
    assert "✓ Айгүл, 2027-03-01" in page.words
    stale = Review(fingerprint(["Башка."]), "Айгүл", TODAY)
    page = _page(folder, {"claim.limit": Reviewed({KYRGYZ: stale})})
    assert "Айгүл" not in page.text


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, file = small_folder(tmp_path).folder, tmp_path / "booklet.html"
    words = ["content", "--content", str(folder), "booklet"]
    assert main([*words, str(file)]) == 0
    assert "print on A4" in capsys.readouterr().out
    assert Page(file.read_text(encoding="utf-8")).text.count("claim.limit.otherwise") == 2
    assert main([*words, str(file)]) == 1
    assert main([*words, str(tmp_path / "booklet.pdf")]) == 1
    assert "print on A4" in capsys.readouterr().err
