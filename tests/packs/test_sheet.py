"""The recording sheet: what matters most is read first, and it opens wherever it is opened."""

import csv
import io
from html.parser import HTMLParser
from pathlib import Path

import pytest

from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.loading import load
from voicekiosk.packs import sheet_words
from voicekiosk.packs.sheet import in_order, write_sheets
from voicekiosk.packs.work import Work, text_of

CONTENT = Path(__file__).parents[2] / "content"
NO_END = {"meta", "br"}


class Balance(HTMLParser):
    """Complains when what is opened is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in NO_END:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Work:
    content = load(CONTENT)
    wanted = [Spoken(prompt, locale) for prompt in content.prompts for locale in (RUSSIAN, KYRGYZ)]
    folder = tmp_path_factory.mktemp("sheet") / "aigul"
    work = Work.create(
        folder,
        id="aigul",
        speaker="Айгүл <Ош>",
        locales=[KYRGYZ, RUSSIAN],
        content=content.version,
        texts=[(each, text_of(content, each) or "") for each in in_order(content, wanted)],
    )
    write_sheets(work, content, CONTENT / "pictograms", "ky")
    return work


def test_one_language_after_the_other_and_greetings_before_tellings(work: Work) -> None:
    names = [line.spoken.prompt for line in work.lines if line.spoken.locale == KYRGYZ]
    assert work.lines[0].spoken == Spoken(names[0], KYRGYZ) and names[0] == "system.welcome"
    places = [line.spoken.locale for line in work.lines]
    assert places == sorted(places)
    assert names.index("system.goodbye") < names.index("topic.documents.name")
    assert names.index("topic.documents.name") < names.index("topic.documents.telling.1")
    spare = [name.endswith(".otherwise") for name in names]
    assert spare == sorted(spare) and any(spare), "what replaces an expired text comes last"


def test_a_spreadsheet_in_russian_shows_columns_and_cyrillic(work: Work) -> None:
    raw = (work.folder / "sheet.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == len(work.lines) + 1 and {len(row) for row in rows} == {6}
    assert rows[1][0] == "1" and rows[1][2].startswith("Саламатсызбы!")
    assert [row[5] for row in rows[1:]] == [line.spoken.prompt for line in work.lines]


def test_the_page_to_print_is_whole_and_needs_nothing_else(work: Work) -> None:
    page = (work.folder / "sheet.html").read_text("utf-8")
    reader = Balance()
    reader.feed(page)
    assert reader.open == []
    assert "Айгүл &lt;Ош&gt;" in page and "<Ош>" not in page
    assert page.count('class="n"') == len(work.lines) == page.count("☐")
    assert "http" not in page and "<img" not in page and "<script" not in page
    documents = page[page.index("topic.documents.name") - 900 : page.index("topic.documents.name")]
    assert 'class="p p-documents"' in documents


def test_every_line_says_when_it_is_said_in_three_languages(work: Work) -> None:
    for line in work.lines:
        assert all(sheet_words.when(line.spoken.prompt)), line.spoken.prompt
    assert sheet_words.when("claim.x.otherwise") != sheet_words.when("claim.x")
    assert sheet_words.when("system.welcome") != sheet_words.when("system.untold")
