"""The appraisal as JSON: the same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from pydantic import ValidationError

from guanzi.advice.appraisal.book import text as text_of
from guanzi.advice.appraisal.document import Appraisal
from guanzi.base.core import HOME, InvalidInput, Message, Place, Problem, catalogue, dump_json, render

OF_MONEY = frozenset({"money", "price", "exact_money"})
"""Forms of numbers that are told in the currency of their message."""


def to_json(appraisal: Appraisal) -> str:
    """The text of ``appraisal.json``: sorted keys, two spaces of indentation, one line feed at the end."""
    data = appraisal.model_dump(mode="json", by_alias=True)
    return dump_json(data)


def from_json(text: str, file: str = "appraisal.json") -> Appraisal:
    """Read an appraisal back; a sentence of an earlier version that this one cannot say is told to be one, by its id.

    Raises:
        InvalidInput: The text is not an appraisal of this version's schema.
    """
    try:
        return _sayable(Appraisal.model_validate_json(text))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"] == "json_invalid":
            told = Message.of("appraisal.json.no_json"), Place(file), Message.of("appraisal.json.no_json.mend")
        else:
            path = ".".join(str(step) for step in first["loc"])
            what = Message.of("appraisal.json.invalid", n=error.error_count(), path=path)
            told = what, Place(file), Message.of("appraisal.json.invalid.mend")
        raise InvalidInput(Problem(*told)) from error


def _sayable(found: Appraisal) -> Appraisal:
    """The appraisal, in which every sentence can be said: of one that lacks what its sentence needs only the id is."""
    data = found.model_dump(mode="json", by_alias=True)
    said = _rendered_values(data, found.case.currency)
    return found if said == data else Appraisal.model_validate(said)


def _rendered_values(value: Any, currency: str) -> Any:
    if isinstance(value, dict) and set(value) == {"id", "params"}:
        if _can_be_rendered(value, currency):
            return value
        return text_of(Message.of("appraisal.json.unsaid", id=value["id"])).model_dump(mode="json")
    if isinstance(value, dict):
        return {key: _rendered_values(one, currency) for key, one in value.items()}
    return [_rendered_values(one, currency) for one in value] if isinstance(value, list) else value


def _can_be_rendered(value: Mapping[str, Any], currency: str) -> bool:
    """Whether a message has what its sentence needs, and those within it; amounts need the currency of the case."""
    try:
        render(value)
    except (LookupError, ValueError, TypeError):
        return False
    return currency == HOME or all(map(_has_currency, _messages(value)))


def _messages(value: Any) -> Iterator[Mapping[str, Any]]:
    """A message and all that stand within it."""
    if isinstance(value, dict):
        yield from (value,) if set(value) == {"id", "params"} else ()
        yield from (one for part in value.values() for one in _messages(part))
    elif isinstance(value, list):
        yield from (one for part in value for one in _messages(part))


def _has_currency(value: Mapping[str, Any]) -> bool:
    id = value["id"]
    sentence = catalogue(id.partition(".")[0]).get(id, "")
    return "currency" in value["params"] or not any(spec in OF_MONEY for _, _, spec, _ in Formatter().parse(sentence))


def json_schema() -> dict[str, Any]:
    """The published JSON Schema of ``appraisal.json``."""
    schema = Appraisal.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
