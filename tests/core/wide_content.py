"""The small kiosk grown as wide as a real one: six categories, one of them with six topics."""

from dataclasses import replace

from tests.core.small_content import small_content
from voicekiosk.core.content import Category, Content, Shape, Topic
from voicekiosk.core.types import KYRGYZ, RUSSIAN, OptionId

_WIDER = {
    "category.countries": {
        "topic.kazakhstan": ("Казакстан", "Казахстан"),
        "topic.turkey": ("Түркия", "Турция"),
        "topic.korea": ("Корея", "Корея"),
        "topic.gulf": ("Араб өлкөлөрү", "Арабские страны"),
        "topic.europe": ("Европа", "Европа"),
        "topic.other_country": ("Башка өлкө", "Другая страна"),
    },
    "category.before_leaving": {"topic.copies": ("Көчүрмө", "Копии")},
    "category.help": {"topic.embassy": ("Элчилик", "Посольство")},
}
_NAMES = {
    "category.countries": ("Өлкөлөр", "Страны"),
    "category.before_leaving": ("Чыгар алдында", "Перед выездом"),
    "category.help": ("Жардам", "Помощь"),
}


def wide_content() -> Content:
    small = small_content()
    options, prompts = dict(small.options), dict(small.prompts)

    def words(name: tuple[str, str]) -> dict:
        ky, ru = name
        return {
            "names": {KYRGYZ: ky, RUSSIAN: ru},
            "phrases": {KYRGYZ: (ky.lower(),), RUSSIAN: (ru.lower(),)},
        }

    for name, topics in _WIDER.items():
        category = OptionId(name)
        ids = tuple(OptionId(topic) for topic in topics)
        options[category] = Category(
            category,
            "earth",
            colour="#0b4a6f",
            shape=Shape.CIRCLE,
            topics=ids,
            **words(_NAMES[name]),
        )
        for topic in ids:
            options[topic] = Topic(topic, "file", category=category, **words(topics[topic]))
    for option in options.values():
        prompts.setdefault(option.name_prompt, {k: (v,) for k, v in option.names.items()})
    categories = (*small.categories, *(OptionId(name) for name in _WIDER))
    return replace(small, options=options, prompts=prompts, categories=categories)
