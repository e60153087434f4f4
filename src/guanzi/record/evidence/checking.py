"""What facts and cases know of their own fields, when a file does not fit its format."""

from __future__ import annotations

import math
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from guanzi.base.core import LARGEST, Message
from guanzi.base.reading import Hint, Report, YamlDocument, is_too_large, missing_field, no_hint, wrong_value
from guanzi.base.reading import validate as validate_document
from guanzi.base.reading import validate_data as validate_plain
from guanzi.record.evidence.unitwords import bare_scale, describe_unit, no_currency, written_unit
from guanzi.record.evidence.vocabulary import describe_name, nearest_name

_PERCENT = frozenset({"%", "percent", "pct", "percentage"})


def validate[F: BaseModel](model: type[F], document: YamlDocument, first: Hint = no_hint) -> F:
    """The document as a model of its format; ``first`` is asked about an error before what is known here.

    Raises:
        InvalidInput: Everything that does not fit the format.
    """
    return validate_document(model, document, lambda field, error: first(field, error) or hint(field, error))


def validate_data[F: BaseModel](model: type[F], data: Any, report: Report) -> F:
    """Plain data as a model; ``report`` turns a path with cause and fix into a problem. See :func:`validate`."""
    return validate_plain(model, data, report, hint)


def hint(field: str, error: ErrorDetails) -> tuple[Message, Message | None] | None:
    """Cause and fix of an error in a field of a fact, a source or a case; None where nothing more is known."""
    kind, given = error["type"], error["input"]
    if kind == "missing":
        if field not in ("unit", "source"):
            return None
        return missing_field(field)[0], Message.of(f"reading.format.missing_field.{field}", field=field)
    cause = wrong_value(field, given)
    if kind == "literal_error":
        return _unit(cause, str(given)) if field == "unit" else None
    if kind == "string_pattern_mismatch":
        if field == "name":
            near = nearest_name(str(given))
            fix = Message.of("core.near", near=describe_name(near)) if near else None
            return cause, fix or Message.of("reading.format.expects.name")
        known = field in {"address", "currency", "country"}
        return (cause, Message.of(f"reading.format.expects.{field}")) if known else None
    return _value(field, cause, error)


def _unit(cause: Message, given: str) -> tuple[Message, Message | None] | None:
    if given.strip().lower() in _PERCENT:
        return Message.of("reading.format.percent"), Message.of("reading.format.percent.mend")
    if (written := written_unit(given)) is not None:
        return cause, describe_unit(given, written)
    if (scale := bare_scale(given)) is not None:
        return no_currency(given, scale)
    return None


def _value(field: str, cause: Message, error: ErrorDetails) -> tuple[Message, Message | None] | None:
    if field == "period":
        return cause, Message.of("core.period.mend")
    if field == "value" and not is_too_large(error):
        given = error["input"]
        if isinstance(given, int | float) and math.isfinite(given) and abs(given) > LARGEST:
            expected = "bound"
        else:
            expected = "finite" if isinstance(given, float) else "value"
        return cause, Message.of(f"reading.format.expects.{expected}")
    return None
