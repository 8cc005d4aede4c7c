"""The content as it stands: a whole tree in two languages, nothing a rule change makes false."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import voicekiosk.core
from tests.loading.spoiling import CONTENT
from voicekiosk.core.content import Action, Answer, Category, Command, Content, Topic
from voicekiosk.core.normalising import normalise
from voicekiosk.core.types import KYRGYZ, RUSSIAN, OptionId
from voicekiosk.loading import load, load_all
from voicekiosk.loading.facts import Kind
from voicekiosk.loading.pictograms import contrast_with_white
from voicekiosk.loading.system_prompts import SYSTEM_PROMPTS


@pytest.fixture(scope="module")
def content() -> Content:
    return load(CONTENT)


def test_six_categories_of_six_topics_hang_together(content: Content) -> None:
    assert content.locales == (KYRGYZ, RUSSIAN)
    assert content.categories == tuple(
        OptionId(f"category.{name}")
        for name in ("before_leaving", "russia", "countries", "work", "danger", "help")
    )
    topics: list[OptionId] = []
    for name in content.categories:
        category = content.options[name]
        assert isinstance(category, Category)
        assert len(category.topics) == 6
        for topic_id in category.topics:
            topic = content.options[topic_id]
            assert isinstance(topic, Topic)
            assert topic.category == name
        topics += category.topics
    assert len(set(topics)) == 36


def test_every_command_can_be_said_and_touched(content: Content) -> None:
    for command in Command:
        action = content.options[command.option]
        assert isinstance(action, Action)
        assert action.command is command
        assert action.phrases[KYRGYZ]
        assert action.phrases[RUSSIAN]


def test_every_prompt_speaks_every_language(content: Content) -> None:
    for prompt, told in content.prompts.items():
        assert set(told) == {KYRGYZ, RUSSIAN}, prompt
        assert all(all(sentences) and sentences for sentences in told.values()), prompt
    for option in content.options.values():
        assert content.prompts[option.name_prompt] == {
            locale: (name,) for locale, name in option.names.items()
        }


def test_every_topic_is_told_shortly_and_leads_on(content: Content) -> None:
    assert content.untold == ()
    for topic in (o for o in content.options.values() if isinstance(o, Topic)):
        assert 2 <= len(topic.related) <= 3, topic.id
        assert topic.invitation and topic.remember
        for locale in content.locales:
            prompts = (content.prompts[prompt][locale] for prompt in topic.telling)
            sentences = [sentence for prompt in prompts for sentence in prompt]
            assert 5 <= len(sentences) <= 10, (topic.id, locale)
            assert all(len(sentence.split()) <= 16 for sentence in sentences), topic.id
            assert len(content.prompts[topic.remember][locale]) <= 2, topic.id


def test_what_depends_on_a_rule_has_its_source_and_what_to_look_at() -> None:
    facts = load_all(CONTENT).facts.by_id.values()
    assert {fact.kind for fact in facts} == set(Kind)
    for fact in facts:
        assert fact.source, fact.id
        assert fact.watch or fact.kind is Kind.NUMBER, fact.id


def test_danger_is_told_in_the_handset_only(content: Content) -> None:
    categories = [c for c in content.options.values() if isinstance(c, Category)]
    assert [c.id for c in categories if c.sensitive] == ["category.danger"]


def test_both_languages_tell_a_topic_sentence_by_sentence(content: Content) -> None:
    for prompt, told in content.prompts.items():
        if prompt.startswith(("topic.", "claim.", "number.")):
            assert len(told[KYRGYZ]) == len(told[RUSSIAN]), prompt


def test_the_name_is_the_first_phrase_and_all_are_normalised(content: Content) -> None:
    for option in content.options.values():
        for locale, phrases in option.phrases.items():
            assert phrases[0] == normalise(option.names[locale], locale)
            assert list(phrases) == [normalise(phrase, locale) for phrase in phrases]
            assert len(set(phrases)) == len(phrases)


def test_words_of_two_topics_lead_to_a_question(content: Content) -> None:
    grammar = content.meanings()
    for phrase, several in {"паспорт": 3, "контракт": 2, "черный список": 2, "жардам": 2}.items():
        assert len({meaning.option for meaning in grammar[phrase]}) == several, phrase


def test_no_choosing_word_of_a_topic_is_a_single_syllable(content: Content) -> None:
    """Short words are taken for one another; yes, no and stop also have keys."""
    vowels = re.compile("[аеёиоуыэюяөү]")
    for phrase, meanings in content.meanings().items():
        if any(not meaning.option.startswith("command.") for meaning in meanings):
            assert len(vowels.findall(phrase)) > 1, phrase


def test_white_on_each_category_can_be_read_and_no_two_look_alike(content: Content) -> None:
    looks = [content.options[name] for name in content.categories]
    assert all(isinstance(c, Category) and contrast_with_white(c.colour) >= 7 for c in looks)
    assert len({c.shape for c in looks if isinstance(c, Category)}) == 6
    assert len({c.colour for c in looks if isinstance(c, Category)}) == 6


def test_contrast_is_that_of_wcag() -> None:
    assert contrast_with_white("#ffffff") == pytest.approx(1.0)
    assert contrast_with_white("#000000") == pytest.approx(21.0)
    assert contrast_with_white("#767676") == pytest.approx(4.54, abs=0.01)


def test_no_two_topics_share_a_picture(content: Content) -> None:
    shown = [o.pictogram for o in content.options.values() if not isinstance(o, Action | Answer)]
    assert len(shown) == len(set(shown))


def test_nobody_is_named_as_reviewer_who_did_not_review(content: Content) -> None:
    assert set(content.reviewed_by) == {KYRGYZ, RUSSIAN}


def test_every_prompt_the_dialogue_names_is_asked_for() -> None:
    """Whatever the dialogue calls ``system("...")`` with is on the loader's list."""
    named = set()
    for file in Path(voicekiosk.core.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else None
            called = node.func.id if isinstance(node.func, ast.Name) else called
            for part in ast.walk(node.args[0]) if called == "system" else ():
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    named.add(f"system.{part.value}")
    whole = {name for name in named if not name.endswith(".")}
    assert len(whole) > 10
    assert whole <= SYSTEM_PROMPTS
