"""The appraisal as JSON: the same content gives the same bytes."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from guanzi.advice.appraisal.document import Appraisal
from guanzi.base.core import InvalidInput, Message, Place, Problem, dump_json


def to_json(appraisal: Appraisal) -> str:
    """The text of ``appraisal.json``: sorted keys, two spaces of indentation, one line feed at the end."""
    data = appraisal.model_dump(mode="json", by_alias=True)
    return dump_json(data)


def from_json(text: str, file: str = "appraisal.json") -> Appraisal:
    """Read an appraisal back.

    Raises:
        InvalidInput: The text is not an appraisal of this version's schema.
    """
    try:
        return Appraisal.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"] == "json_invalid":
            told = Message.of("appraisal.json.no_json"), Place(file), Message.of("appraisal.json.no_json.mend")
        else:
            path = ".".join(str(step) for step in first["loc"])
            what = Message.of("appraisal.json.invalid", n=error.error_count(), path=path)
            told = what, Place(file), Message.of("appraisal.json.invalid.mend")
        raise InvalidInput(Problem(*told)) from error


def json_schema() -> dict[str, Any]:
    """The published JSON Schema of ``appraisal.json``."""
    schema = Appraisal.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
