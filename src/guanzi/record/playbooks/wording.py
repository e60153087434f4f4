"""Words in a data file: the id of a message, or the words themselves in both languages."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from guanzi.base.core import Bilingual, Message, Parameter, render
from guanzi.base.reading import Format


class Wording(Format):
    """Words in both languages."""

    en: Annotated[str, Field(min_length=1)]
    zh: Annotated[str, Field(min_length=1)]


type Words = str | Wording
"""The id of a message, or words: a playbook outside the shipped library has no catalogue of its own."""


def worded(words: Words, /, **params: Parameter) -> Message:
    """The message that says these words; ``params`` fill a sentence of the catalogue.

    >>> worded(Wording(en="seven", zh="七")).id
    'playbooks.words'
    """
    if isinstance(words, Wording):
        return Message.of("playbooks.words", text=(words.en, words.zh))
    return Message.of(words, **params)


def short_name(name: Message) -> Bilingual:
    """What a playbook is called within a sentence: what its name begins with, in both languages.

    >>> short_name(worded(Wording(en="Lyon: loans only", zh="里昂：只贷款"))).localised("zh")
    '里昂'
    """
    return Bilingual(render(name, "en").split(":")[0], render(name, "zh").split("：")[0])
