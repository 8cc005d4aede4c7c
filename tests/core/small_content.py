"""A small kiosk for the core's tests: three categories, six topics, every command and prompt.

Danger is sensitive: it is told in the handset only.

Documents are told in full: an invitation, a text, a number, what to remember, where to go on.
"""

from typing import Any

from voicekiosk.core.activities import Answers, DayRule, Doing, Question, SelfCheck
from voicekiosk.core.calendar_day import CalendarDay
from voicekiosk.core.content import (
    Action,
    Activity,
    Answer,
    Category,
    Command,
    Content,
    Ladders,
    Option,
    Shape,
    Topic,
)
from voicekiosk.core.days import NEEDED
from voicekiosk.core.types import KYRGYZ, RUSSIAN, OptionId, PromptId

SYSTEM = [
    "welcome",
    "home",
    "category",
    "topic_end",
    "untold",
    "remember",
    "related",
    "help.home",
    "help.category",
    "help.topic",
    "help.choice",
    "no_input.1",
    "no_input.2",
    "warning",
    "help.keys",
    "slower",
    "faster",
    "dark",
    "light",
    "clearer",
    "not_clearer",
    "lower",
    "not_lower",
    "no_match.1",
    "no_match.2",
    "no_match.3",
    "choice_no_input.1",
    "choice_no_input.2",
    "choice_no_match.1",
    "choice_no_match.2",
    "confirm",
    "or",
    "choice_end",
    "language",
    "louder",
    "softer",
    "loudest",
    "softest",
    "wrong_key",
    "too_quiet",
    "too_loud",
    "too_long",
    "microphone_lost",
    "microphone_restored",
    "goodbye",
    "stopped",
    "choose_picture",
    "help.pictures",
    "teach.offer",
    "teach.start",
    "teach.heard",
    "teach.key",
    "teach.silence",
    "sensitive",
    "sensitive_name",
    "remind",
    "ask_again.1",
    "ask_again.2",
    "help.selfcheck",
    "help.days",
    "days.intro",
    "days.when",
    "days.month",
    "days.day",
    "days.entered",
    "days.sure",
    "days.anew",
    "days.no_such",
    "days.last",
    "days.last_year",
    "days.passed",
    "days.year_ends",
    "days.counted",
    "selfcheck.keys",
    "selfcheck.next",
    "selfcheck.stopped",
    "key.1",
    "key.2",
    "key.3",
    "key.4",
    "key.5",
    "key.6",
]


def _ids(*names: str) -> tuple[PromptId, ...]:
    return tuple(PromptId(f"system.{name}") for name in names)


NUMBER = PromptId("number.police")
RULE = DayRule(PromptId("claim.ninety_days.otherwise"), days=90)
TODAY = CalendarDay(2026, 5, 20)
SELFCHECK = SelfCheck(
    PromptId("selfcheck.intro"),
    tuple(
        Question(PromptId(f"selfcheck.question.{name}"), worrying)
        for name, worrying in (("paid", False), ("going_out", False), ("passport", True))
    ),
    (
        (0, PromptId("selfcheck.outcome.none")),
        (1, PromptId("selfcheck.outcome.some")),
        (3, PromptId("selfcheck.outcome.many")),
    ),
)
"""A no, a no and a yes are the bad signs."""


def _telling(topic: OptionId) -> dict[str, Any]:
    if topic == "topic.wages":
        return {}
    text = PromptId(f"{topic}.telling.1")
    if topic != "topic.documents":
        return {"telling": (text,)}
    return {
        "telling": (text, NUMBER),
        "invitation": PromptId(f"{topic}.invitation"),
        "remember": PromptId(f"{topic}.remember"),
        "related": (OptionId("topic.contract"), OptionId("topic.registration")),
    }


def told(topic: Topic) -> tuple[PromptId, ...]:
    """Every prompt that a topic has of its own."""
    return tuple(p for p in (topic.invitation, *topic.telling, topic.remember) if p)


def small_content() -> Content:
    names = {
        "category.russia": ("Орусия", "Россия"),
        "category.work": ("Жумуш", "Работа"),
        "topic.documents": ("Документтер", "Документы"),
        "topic.registration": ("Каттоо", "Регистрация"),
        "topic.contract": ("Эмгек келишими", "Трудовой договор"),
        "topic.wages": ("Айлык бербесе", "Не платят зарплату"),
        "category.danger": ("Коркунуч", "Опасность"),
        "activity.days": ("Күндөрдү саноо", "Посчитать дни"),
        "activity.selfcheck": ("Өзүмдү текшерүү", "Проверить себя"),
        "topic.trafficking": ("Адам сатуу", "Торговля людьми"),
        "topic.debt": ("Карызга батуу", "Долговая кабала"),
    }
    more = {
        "topic.documents": (("паспорт",), ("паспорт",)),
        "topic.contract": (("контракт",), ("контракт",)),
        "topic.wages": (("контракт",), ()),
        "topic.trafficking": (("алдоо",), ("обман",)),
        "topic.debt": (("алдоо",), ("обман",)),
    }

    def words(option: str) -> dict:
        ky, ru = names[option]
        extra_ky, extra_ru = more.get(option, ((), ()))
        return {
            "names": {KYRGYZ: ky, RUSSIAN: ru},
            "phrases": {KYRGYZ: (ky.lower(), *extra_ky), RUSSIAN: (ru.lower(), *extra_ru)},
        }

    options: dict[OptionId, Option] = {}
    tree = {
        "category.russia": ("topic.documents", "topic.registration"),
        "category.work": ("topic.contract", "topic.wages"),
        "category.danger": ("topic.trafficking", "topic.debt"),
    }
    for shape, (category, topics) in zip(Shape, tree.items(), strict=False):
        ids = tuple(OptionId(topic) for topic in topics)
        options[OptionId(category)] = Category(
            OptionId(category),
            "world",
            colour="#651212" if category == "category.danger" else "#123456",
            shape=shape,
            topics=ids,
            sensitive=category == "category.danger",
            **words(category),
        )
        for topic in ids:
            options[topic] = Topic(
                topic,
                "file",
                category=OptionId(category),
                **words(topic),
                **_telling(topic),
            )
    for doing in Doing:
        activity = OptionId(f"activity.{doing}")
        check = doing is Doing.SELFCHECK
        options[activity] = Activity(
            activity,
            "list",
            **words(activity),
            doing=doing,
            category=OptionId("category.danger" if check else "category.russia"),
            sensitive=check,
            related=(OptionId("topic.trafficking"), OptionId("topic.documents")),
        )
    for name in (*NEEDED, "ago_7"):
        kind, _, number = name.partition("_")
        said = {KYRGYZ: f"{name} деп", RUSSIAN: f"{name} вот"}
        answer = OptionId(f"answer.{name}")
        options[answer] = Answer(
            answer,
            "calendar",
            said,
            {locale: (word,) for locale, word in said.items()},
            kind=Answers(kind),
            number=int(number or 0),
        )
    for command in Command:
        said = {KYRGYZ: f"{command} кыргызча", RUSSIAN: f"{command} по-русски"}
        options[command.option] = Action(
            command.option,
            command.value,
            said,
            {locale: (name,) for locale, name in said.items()},
            command=command,
        )
    prompts = {
        prompt: {KYRGYZ: ("Биринчи.", "Экинчи."), RUSSIAN: ("Первое.", "Второе.")}
        for prompt in (
            *_ids(*SYSTEM),
            *(option.name_prompt for option in options.values()),
            *(question.prompt for question in SELFCHECK.questions),
            *(prompt for _, prompt in SELFCHECK.outcomes),
            SELFCHECK.intro,
            RULE.otherwise,
            *(PromptId(f"days.month_of.{month}") for month in range(1, 13)),
            *(PromptId(f"days.left.{left}") for left in range(90)),
            *(PromptId(f"days.digit.{digit}") for digit in range(10)),
            *(p for o in options.values() if isinstance(o, Topic) for p in told(o)),
        )
    }
    return Content(
        version="test",
        locales=(KYRGYZ, RUSSIAN),
        categories=tuple(OptionId(category) for category in tree),
        options=options,
        prompts=prompts,
        neutral=OptionId("topic.documents"),
        selfcheck=SELFCHECK,
        day_rule=RULE,
        today=TODAY,
        shown={NUMBER: "102"},
        ladders=Ladders(
            no_input=_ids("no_input.1", "no_input.2"),
            no_match=_ids("no_match.1", "no_match.2", "no_match.3"),
            choice_no_input=_ids("choice_no_input.1", "choice_no_input.2"),
            choice_no_match=_ids("choice_no_match.1", "choice_no_match.2"),
        ),
    )
