"""What is said where: places, questions and ladders to the prompts that speak them."""

from __future__ import annotations

from voicekiosk.core.content import Content, Topic
from voicekiosk.core.messages import Spoken, Trouble
from voicekiosk.core.screen import Scene
from voicekiosk.core.session import Session, offered, scene_of
from voicekiosk.core.types import Locale, OptionId, PromptId


def system(name: str) -> PromptId:
    return PromptId(f"system.{name}")


def menu(options: tuple[OptionId, ...], content: Content) -> list[PromptId]:
    """Each name, and after it the key that chooses it: by then one knows whether to remember it."""
    prompts: list[PromptId] = []
    for key, option in enumerate(options, start=1):
        prompts += [content.options[option].name_prompt, system(f"key.{key}")]
    return prompts


def welcome(content: Content) -> tuple[Spoken, ...]:
    """The invitation in every language, then the menu in the first."""
    first = content.locales[0]
    invitations = tuple(Spoken(system("welcome"), locale) for locale in content.locales)
    home = [system("home"), *menu(content.categories, content)]
    return invitations + tuple(Spoken(prompt, first) for prompt in home)


def place(session: Session, content: Content) -> tuple[Spoken, ...]:
    """The menu, telling or question of where the visitor is."""
    scene = scene_of(session, content)
    if scene is Scene.VEILED:
        return say_in(session.locale, system("sensitive"))
    if scene is Scene.CHOICE:
        names = [content.options[option].name_prompt for option in session.choice]
        question = [system("confirm"), names[0]]
        for name in names[1:]:
            question += [system("or"), name]
        return say_in(session.locale, *question, system("choice_end"))
    if session.place is None:
        return say_in(session.locale, system("home"), *menu(offered(session, content), content))
    option = content.options[session.place]
    if isinstance(option, Topic):
        return say_in(session.locale, option.name_prompt, *_told(option, content))
    topics = menu(offered(session, content), content)
    return say_in(session.locale, option.name_prompt, system("category"), *topics)


def _told(topic: Topic, content: Content) -> list[PromptId]:
    if not topic.has_telling:
        return [system("untold")]
    prompts = [topic.invitation] if topic.invitation else []
    prompts += topic.telling
    if topic.remember:
        prompts += [system("remember"), topic.remember]
    prompts.append(system("topic_end"))
    if topic.related:
        prompts += [system("related"), *menu(topic.related, content)]
    return prompts


def say_in(locale: Locale, *prompts: PromptId) -> tuple[Spoken, ...]:
    return tuple(Spoken(prompt, locale) for prompt in prompts)


def help_for(session: Session, content: Content) -> PromptId:
    scene = scene_of(session, content)
    if scene is Scene.VEILED:
        return system("sensitive")
    known = {Scene.HOME, Scene.CATEGORY, Scene.TOPIC, Scene.CHOICE}
    return system(f"help.{scene.value if scene in known else Scene.HOME.value}")


def trouble(kind: Trouble) -> PromptId:
    return system(kind.value)


def ladders(
    session: Session, content: Content
) -> tuple[tuple[PromptId, ...], tuple[PromptId, ...]]:
    """The no-input and no-match ladders of where the visitor is."""
    steps = content.ladders
    if session.choice:
        return steps.choice_no_input, steps.choice_no_match
    return steps.no_input, steps.no_match
