"""From the errors of a format model to problems with a place, a cause and a mend."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from guanzi.base.core import LARGEST, InvalidInput, Message, Problem, nearest, suggest_slug
from guanzi.base.reading import DataPath, YamlDocument, is_no_day, no_such_day
from guanzi.record.evidence.formats import Format
from guanzi.record.evidence.unitwords import bare_scale, no_currency, told_unit, written_unit
from guanzi.record.evidence.vocabulary import nearest_name, told_name

_BOUNDS = ("less_than_equal", "greater_than_equal")
type Report = Callable[[DataPath, Message, Message | None, bool], Problem]

_EXPECTED = {
    "string_type": "text",
    "string_too_short": "words",
    "bilingual": "bilingual",
    "date_type": "date",
    "date_from_datetime_parsing": "date",
    "bool_type": "flag",
    "float_type": "number",
    "finite_number": "finite",
    "int_type": "whole",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "list_type": "list",
    "tuple_type": "list",
    "too_short": "some",
    "string_too_long": "slug",
}


def validate[F: Format](model: type[F], document: YamlDocument) -> F:
    """The document as a model of its format.

    Raises:
        InvalidInput: Everything that does not fit the format.
    """

    def report(path: DataPath, cause: Message, mend: Message | None, at_key: bool) -> Problem:
        return document.problem(path, cause, mend, at_key=at_key)

    return validate_data(model, document.data, report)


def validate_data[F: Format](model: type[F], data: Any, report: Report) -> F:
    """Plain data as a model; ``report`` turns a path with cause and mend into a problem. See :func:`validate`."""
    data = _as_tuples(data)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        raise InvalidInput(list(_problems(model, data, errors, report))) from error


def sound_fields(model: type[Format], data: Any) -> dict[str, Any]:
    """The fields that are right by themselves, with the defaults of those that are absent, of data that are not."""
    data = _as_tuples(data)
    if not isinstance(data, Mapping):
        return {}
    wrong: set[str] = set()
    try:
        model.model_validate(data)
    except ValidationError as error:
        wrong = {str(e["loc"][0]) for e in error.errors(include_url=False)}
    absent = {n: f.default for n, f in model.model_fields.items() if n not in data and not f.is_required()}
    return absent | {n: v for n, v in data.items() if n in model.model_fields and n not in wrong}


def unknown_field(path: DataPath, fields: Iterable[str], report: Report) -> Problem:
    """The problem of a field that the format does not know, with the nearest one that it does."""
    field = str(path[-1])
    near = nearest(field, fields)
    if near:
        mend = Message.of("evidence.format.did_you_mean", proposal=near)
    elif " " in field:
        mend = Message.of("evidence.format.comma")
    else:
        mend = Message.of("evidence.format.fields", fields=tuple(fields))
    return report(path, Message.of("evidence.format.unknown_field", field=field), mend, True)


def missing_field(field: str) -> tuple[Message, Message]:
    """Cause and mend of a field that is not there."""
    kind = field if field in ("unit", "source") else "mend"
    return (
        Message.of("evidence.format.missing_field", field=field),
        Message.of(f"evidence.format.missing_field.{kind}", field=field),
    )


def _problems(model: type[BaseModel], data: Any, errors: Iterable[ErrorDetails], report: Report) -> Iterator[Problem]:
    seen: set[DataPath] = set()
    for error in errors:
        path = _data_path(data, error)
        kind = error["type"]
        if path in seen or (path[-1:] == ("value",) and isinstance(error["input"], Mapping)):
            continue  # the branches of a union each complain; of an interval only what is wrong inside it counts
        seen.add(path)
        if kind == "extra_forbidden":
            yield unknown_field(path, _fields_around(model, path), report)
        elif kind == "missing":
            yield report(path, *missing_field(str(path[-1])), False)
        else:
            yield report(path, *_wrong_value(path, error), "[key]" in error["loc"])


def _wrong_value(path: DataPath, error: ErrorDetails) -> tuple[Message, Message | None]:
    kind, given = error["type"], error["input"]
    field = next((step for step in reversed(path) if isinstance(step, str)), "")  # an item of a list has no name
    cause = Message.of("evidence.format.wrong_value", field=field, text=_shown(given))
    if not path:
        cause = Message.of("evidence.format.wrong_file")
    if kind.startswith("date_") and is_no_day(given):
        return no_such_day(given)
    if kind == "literal_error":
        choices = tuple(_choices(str(error["ctx"]["expected"])))
        if path[-1] == "unit" and str(given).strip().lower() in {"%", "percent", "pct", "percentage"}:
            return Message.of("evidence.format.percent"), Message.of("evidence.format.percent.mend")
        if path[-1] == "unit" and (written := written_unit(str(given))) is not None:
            return cause, told_unit(str(given), written)
        if path[-1] == "unit" and (scale := bare_scale(str(given))) is not None:
            return no_currency(str(given), scale)
        near = nearest(str(given), choices)
        if near is not None and near != given:
            return cause, Message.of("evidence.format.did_you_mean", proposal=near)
        return cause, Message.of("evidence.format.choices", choices=choices)
    if kind == "string_pattern_mismatch":
        if path[-1] == "name":
            near = nearest_name(str(given))
            mend = Message.of("evidence.format.did_you_mean", proposal=told_name(near)) if near else None
            return cause, mend or Message.of("evidence.format.expects.name")
        if path[-1] in {"address", "currency", "country"}:
            return cause, Message.of(f"evidence.format.expects.{path[-1]}")
        proposal = suggest_slug(str(given))
        return cause, Message.of("core.id.mend", proposal=proposal) if proposal else None
    expected = _EXPECTED.get(kind, "other")
    if path and path[-1] == "value":
        expected = "finite" if isinstance(given, float) else "value"
        if isinstance(given, int | float) and math.isfinite(given) and abs(given) > LARGEST:
            expected = "bound"
    if LARGEST in map(abs, (error.get("ctx") or {}).values() if kind in _BOUNDS else ()):
        expected = "bound"
    if path and path[-1] == "period":
        return cause, Message.of("core.period.mend")
    return cause, Message.of(f"evidence.format.expects.{expected}")


def _choices(expected: str) -> Iterable[str]:
    # pydantic words it "'a', 'b' or 'c'"
    return (part.strip().strip("'") for part in expected.replace(" or ", ", ").split(", "))


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping | list | tuple):
        return "…" if value else "[]"
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _data_path(data: Any, error: ErrorDetails) -> DataPath:
    """The path in the data; the path of an error also names branches of unions, which the data do not have."""
    path: list[str | int] = []
    for index, step in enumerate(error["loc"]):
        if isinstance(data, Mapping) and step in data:
            data = data[str(step)]
        elif isinstance(data, tuple) and isinstance(step, int) and step < len(data):
            data = data[step]
        elif error["type"] != "missing" or index < len(error["loc"]) - 1:
            continue
        path.append(step)
    return tuple(path)


def _fields_around(model: type[BaseModel], path: DataPath) -> tuple[str, ...]:
    """The fields that the format knows beside the one at a path."""
    steps = iter(path[:-1])
    for step in steps:
        annotation = model.model_fields[str(step)].annotation
        model = next(_models_in(annotation))
        if get_origin(annotation) in (dict, tuple):
            next(steps, None)
    return tuple(model.model_fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _as_tuples(value: Any) -> Any:
    # strict models take tuples for the frozen sequences, YAML gives lists
    if isinstance(value, list):
        return tuple(_as_tuples(v) for v in value)
    if isinstance(value, dict):
        return {k: _as_tuples(v) for k, v in value.items()}
    return value
