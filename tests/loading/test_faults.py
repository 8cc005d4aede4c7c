"""Somebody who writes content makes each mistake once, and is told where it is and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loading.spoiling import HELP, KIOSK, PROMPTS, WORK, Copy, copy_into
from voicekiosk.loading import ContentError, load
from voicekiosk.ports import KioskError


@pytest.fixture
def content(tmp_path: Path) -> Copy:
    return copy_into(tmp_path)


MISTAKES = {
    "a name is written twice": (
        WORK,
        "shape: diamond\n",
        "shape: diamond\nshape: circle\n",
        "shape: circle",
        "stands here twice, first in line",
    ),
    "an unquoted yes": (
        KIOSK,
        'pictogram: "yes"',
        "pictogram: yes",
        "yes\n    names: {ky-KG: Ооба",
        "true or false",
    ),
    "an unquoted no as a name": (KIOSK, '  "no":\n', "  no:\n", "no:\n", "true or false"),
    "a warning too short to answer": (KIOSK, "warning: 20", "warning: 19", "19", "20 seconds"),
    "a key that can do no such thing": (
        KIOSK,
        "down: next",
        "down: dance",
        "dance",
        "No key can do `dance`",
    ),
    "a misspelt name": (WORK, "    telling:\n", "    teling:\n", "teling", "not known here"),
    "a language is missing": (
        PROMPTS,
        "system.goodbye:\n  ky-KG:\n    - Жакшы барыңыз!\n    - Жолуңуз шыдыр болсун.\n",
        "system.goodbye:\n",
        "system.goodbye",
        "`ky-KG` is missing",
    ),
    "a name in one language only": (
        WORK,
        "names: {ky-KG: Акча которуу, ru-KG: Денежные переводы}",
        "names: {ky-KG: Акча которуу}",
        "names: {ky-KG: Акча которуу}",
        "`ru-KG` is missing",
    ),
    "a picture that is not there": (
        WORK,
        "pictogram: wages",
        "pictogram: wagons",
        "wagons",
        "no picture pictograms/wagons.png",
    ),
    "a ladder of a prompt that nobody wrote": (
        KIOSK,
        "system.no_match.3]",
        "system.no_match.3, system.no_match.4]",
        "system.no_match.4",
        "No prompt is called system.no_match.4",
    ),
    "a ladder that says the same twice": (
        KIOSK,
        "system.choice_no_input.2]",
        "system.choice_no_input.2, system.choice_no_input.1]",
        "system.choice_no_input.1]",
        "is said twice",
    ),
    "two topics of one id": (
        HELP,
        "- id: embassy",
        "- id: hotline",
        "hotline\n    pictogram: embassy",
        "already called topic.hotline",
    ),
    "a topic of another category's id": (
        HELP,
        "- id: embassy",
        "- id: wages",
        "wages\n    pictogram: embassy",
        "already called topic.wages",
    ),
    "digits in a name": (
        WORK,
        "ru-KG: Денежные переводы",
        "ru-KG: Переводы 24",
        "Переводы 24",
        "digits 24",
    ),
    "digits in a telling": (
        WORK,
        "- Он нужен не всем.",
        "- Он нужен 90 дней.",
        "Он нужен 90",
        "digits 90",
    ),
    "digits in a phrase": (WORK, "[перевод денег", "[перевод 1", "перевод 1", "digits 1"),
    "a Latin letter that looks Cyrillic": (
        WORK,
        "[акча жөнөтүү",
        "[aкча жөнөтүү",
        "aкча",
        "Latin a for Cyrillic а",
    ),
    "a Latin word": (WORK, "[перевод денег", "[money", "money", "in Latin letters"),
    "a colour too light for white text": (WORK, "#6a3200", "#d07a30", '"#d07a30"', "at least 7:1"),
    "a colour that is none": (WORK, '"#6a3200"', "brown", "brown", "is not a colour"),
    "a shape that is none": (WORK, "diamond", "star", "star", "is not a shape"),
    "certainty above one": (KIOSK, "accept: 0.80", "accept: 80", "80\n", "out of range"),
    "patience that is no number": (KIOSK, "no_input: 8", "no_input: long", "long\n", "a number"),
    "confirming above accepting": (
        KIOSK,
        "confirm: 0.40",
        "confirm: 0.90",
        "accept: 0.80",
        "`confirm` is above `accept`",
    ),
    "an empty sentence": (
        PROMPTS,
        "- Скажите да или нажмите любую кнопку.",
        "-",
        "- Иначе",
        "empty",
    ),
    "a language that the kiosk does not speak": (
        KIOSK,
        "locales: [ky-KG, ru-KG]",
        "locales: [ky-KG, ru-KG, uz-KG]",
        "uz-KG",
        "no language of this kiosk",
    ),
    "a prompt that is never said": (
        PROMPTS,
        "system.stopped:",
        "system.joke:\n  ky-KG: [Ха]\n  ru-KG: [Ха]\nsystem.stopped:",
        "system.joke",
        "Nothing ever says system.joke",
    ),
}
LINE_ONLY = {"an empty sentence"}
"""An empty item has no letter to point at: the fault stands beside its dash."""
MORE_FAULTS = {
    "an unquoted no as a name",
    "two topics of one id",
    "a topic of another category's id",
}
"""The command is then missing too, or the topic to which others lead."""


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found_where_it_is(content: Copy, mistake: str) -> None:
    file, old, new, pointed_at, said = MISTAKES[mistake]
    content.change(file, old, new)

    faults = content.faults()

    assert len(faults) == 1 or mistake in MORE_FAULTS, faults
    fault = next(fault for fault in faults if said in fault.what)
    assert fault.file == content.folder / file
    line, column = content.place_of(file, pointed_at)
    if mistake in LINE_ONLY:
        assert fault.line == line - 1
    else:
        assert (fault.line, fault.column) == (line, column)
    assert fault.mend


def test_the_content_as_it_stands_has_no_fault(content: Copy) -> None:
    assert content.faults() == ()


def test_every_fault_of_every_file_is_told_at_once(content: Copy) -> None:
    content.change(KIOSK, "no_input: 8", "no_input: long")
    content.change(PROMPTS, "system.stopped:", "system.stoped:")
    content.change(WORK, "diamond", "star")
    content.change(HELP, "[помогите,", "[помогите: [,")
    (content.folder / "pictograms" / "handset.png").unlink()

    with pytest.raises(ContentError) as caught:
        load(content.folder)

    told = [(fault.file.name, fault.what) for fault in caught.value.faults]
    assert [file for file, _ in told] == [
        "4-work.yaml",
        "6-help.yaml",
        "kiosk.yaml",
        "handset.png",
        "prompts.yaml",
        "prompts.yaml",
    ]
    assert isinstance(caught.value, KioskError)
    assert all(str(fault) in caught.value.what for fault in caught.value.faults)


def test_broken_yaml_names_the_line_where_it_breaks(content: Copy) -> None:
    content.change(WORK, "shape: diamond", 'shape: "diamond')
    fault = content.only_fault()
    assert fault.file.name == "4-work.yaml"
    assert fault.what.startswith("This is not YAML")
    assert fault.line >= content.place_of(WORK, 'shape: "diamond')[0]


def test_a_fault_reads_as_an_editor_expects_it(content: Copy) -> None:
    content.change(WORK, "diamond", "star")
    line, column = content.place_of(WORK, "star")
    file = content.folder / WORK
    assert str(content.only_fault()).startswith(f"{file}:{line}:{column}: `star` is not a shape. ")


@pytest.mark.parametrize("file", [KIOSK, PROMPTS])
def test_a_missing_file_is_one_fault(content: Copy, file: str) -> None:
    (content.folder / file).unlink()
    assert content.only_fault().what == "The file is missing"


def test_a_file_that_is_not_text_is_a_fault(content: Copy) -> None:
    (content.folder / WORK).write_bytes(b"id: \xff\xfe")
    assert "cannot be read" in content.only_fault().what


def test_a_control_character_is_a_fault(content: Copy) -> None:
    content.change(WORK, "diamond", "dia\x07mond")
    assert content.only_fault().what.startswith("This is not YAML")


def test_an_empty_file_is_a_fault(content: Copy) -> None:
    (content.folder / WORK).write_text("# nothing yet\n", encoding="utf-8")
    assert content.only_fault().what == "The file is empty"


def test_a_seventh_topic_has_no_key(content: Copy) -> None:
    extra = "  - {id: extra, pictogram: work, names: {ky-KG: Ашыкча, ru-KG: Лишнее}, "
    extra += "phrases: {ky-KG: [], ru-KG: []}}\n"
    path = content.folder / WORK
    path.write_text(path.read_text(encoding="utf-8") + extra, encoding="utf-8")
    assert content.only_fault().what == "This is the seventh topic"


def test_a_folder_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        load(tmp_path / "nowhere")
    assert "There is no category" in caught.value.what
