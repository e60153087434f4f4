"""Words that a person wrote in English and in Chinese, wherever a file takes words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

LANGUAGES = ("en", "zh")


class Bilingual(str):
    """Words that may have a Chinese form: text that knows how it is said in Chinese.

    It is the English text to whoever does not ask; a sentence that holds it says it in its own language. In files it is
    text, or ``{en: …, zh: …}``; where only one language is given, that stands for both.

    >>> plant = Bilingual("plant in Hefei", "合肥工厂")
    >>> plant, plant.localised("zh"), Bilingual("plant").localised("zh")
    ('plant in Hefei', '合肥工厂', 'plant')
    """

    __slots__ = ("zh",)
    zh: str

    def __new__(cls, en: str = "", zh: str = "") -> Bilingual:
        """Words in English, in Chinese, or in both."""
        made = super().__new__(cls, en or zh)
        made.zh = zh
        return made

    def localised(self, lang: str) -> str:
        """The words in a language."""
        return self.zh if lang == "zh" and self.zh else str(self)

    def on_one_line(self) -> Bilingual:
        """The same words without line breaks and double spaces."""
        return Bilingual(" ".join(self.split()), " ".join(self.zh.split()))

    def plain(self) -> Any:
        """The words as a file holds them: text, or both languages."""
        return {"en": str(self), "zh": self.zh} if self.zh else str(self)

    @classmethod
    def read(cls, value: Any) -> Bilingual:
        """The words of text, or of both languages.

        Raises:
            ValueError: It is neither, or both are empty.
        """
        if isinstance(value, Bilingual):
            return value
        if isinstance(value, str):
            return cls(value)
        parts = value if isinstance(value, Mapping) else {}
        said = {key: words for key, words in parts.items() if key in LANGUAGES and isinstance(words, str)}
        if not any(words.strip() for words in said.values()) or len(said) < len(parts):
            raise ValueError("neither text nor both languages")
        return cls(said.get("en", ""), said.get("zh", ""))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import PydanticCustomError, core_schema

        def read(value: Any) -> Bilingual:
            try:
                return cls.read(value)
            except ValueError as error:
                raise PydanticCustomError("bilingual", "text, or {en: …, zh: …}") from error

        return core_schema.no_info_plain_validator_function(
            read, serialization=core_schema.plain_serializer_function_ser_schema(plain_words)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        said = {"type": "string"}
        both = {"type": "object", "properties": dict.fromkeys(LANGUAGES, said), "additionalProperties": False}
        return {"anyOf": [said, both]}


class _Schema:
    """Makes a field that is declared as text keep both languages."""

    @staticmethod
    def __get_pydantic_core_schema__(source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return Bilingual.__get_pydantic_core_schema__(source, handler)

    @staticmethod
    def __get_pydantic_json_schema__(schema: Any, handler: Any) -> dict[str, Any]:
        return Bilingual.__get_pydantic_json_schema__(schema, handler)


BilingualText = Annotated[str, _Schema]
"""A field of a data model: text that keeps its Chinese form, where it has one."""


def without_stop(words: str) -> str:
    """Words without the full stop at their end, to stand within a sentence; in both languages where there are two.

    >>> without_stop(Bilingual("Drag along.", "拖售权。")).localised("zh")
    '拖售权'
    """
    if isinstance(words, Bilingual):
        return Bilingual(words.rstrip("."), words.zh.rstrip("。"))
    return words.rstrip(".")


def plain_words(words: str) -> Any:
    """Words as a file holds them: text, or both languages where there are two."""
    return words.plain() if isinstance(words, Bilingual) else words


def localised(words: str, lang: str) -> str:
    """Words in a language, where they have it."""
    return words.localised(lang) if isinstance(words, Bilingual) else words
