"""Formats: the data that a file holds as models, and problems with place, cause and fix where a file does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib.resources import files
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from guanzi.base.core import LARGEST, InvalidInput, Message, Problem, meant, nearest, suggest_slug
from guanzi.base.reading.text import TextFile
from guanzi.base.reading.yaml import DataPath, YamlDocument, is_no_day, no_such_day, parse_yaml

type Report = Callable[[DataPath, Message, Message | None, bool], Problem]
"""Makes a problem of a path, a cause, a fix, and whether the key offends rather than the value."""
type Hint = Callable[[str, ErrorDetails], tuple[Message, Message | None] | None]
"""What a kind of file knows of its own fields: cause and fix of an error of a field, or None."""

type Refusal = tuple[DataPath, Message, Message | None]
"""Path of a field within a model, cause, and fix or None."""

_BOUNDS = ("less_than_equal", "greater_than_equal")
_REFUSED = "refused"
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


class Data(BaseModel):
    """Base of plain data that are checked: no unknown fields, nothing that changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Format(Data):
    """Base of what people write into files: no silent conversions either."""

    model_config = ConfigDict(strict=True)


def refused(*refusals: Refusal) -> PydanticCustomError:
    """What a model raises when fields that are right by themselves do not fit together.

    Args:
        refusals: For each fault the path of the field within the model, the cause, and the fix or None.
    """
    return PydanticCustomError(_REFUSED, "refused", {"refusals": refusals})


def load_shipped[F: Format](model: type[F], *path: str) -> F:
    """A data file of the library as a model.

    Raises:
        InvalidInput: It does not fit, which a test should have found.
    """
    return validate(model, shipped_yaml(*path))


def shipped_yaml(*path: str) -> YamlDocument:
    """A YAML file of the library, by the rules that hold for every file."""
    text = files("guanzi.library").joinpath(*path).read_text("utf-8")
    return parse_yaml(TextFile("/".join(path), text, tuple(text.split("\n"))))


def no_hint(field: str, error: ErrorDetails) -> None:
    """Nothing is known of a field beyond its type."""


def validate[F: BaseModel](model: type[F], document: YamlDocument, hint: Hint = no_hint) -> F:
    """The document as a model of its format.

    Raises:
        InvalidInput: Everything that does not fit the format.
    """

    def report(path: DataPath, cause: Message, fix: Message | None, at_key: bool) -> Problem:
        return document.problem(path, cause, fix, at_key=at_key)

    return validate_data(model, document.data, report, hint)


def validate_data[F: BaseModel](model: type[F], data: Any, report: Report, hint: Hint = no_hint) -> F:
    """Plain data as a model; ``report`` turns a path with cause and fix into a problem. See :func:`validate`."""
    data = _as_tuples(data)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        raise InvalidInput(list(_problems(model, data, errors, report, hint))) from error


def sound_fields(model: type[BaseModel], data: Any) -> dict[str, Any]:
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
    names = tuple(fields)
    comma = " " in field
    fix = Message.of("reading.format.comma") if comma else Message.of("reading.format.fields", fields=names)
    return report(path, Message.of("reading.format.unknown_field", field=field), meant(field, names, fix), True)


def missing_field(field: str) -> tuple[Message, Message]:
    """Cause and fix of a field that is not there."""
    return (
        Message.of("reading.format.missing_field", field=field),
        Message.of("reading.format.missing_field.mend", field=field),
    )


def _problems(
    model: type[BaseModel], data: Any, errors: Iterable[ErrorDetails], report: Report, hint: Hint
) -> Iterator[Problem]:
    seen: set[DataPath] = set()
    for error in errors:
        path = _data_path(data, error)
        kind = error["type"]
        if kind == _REFUSED:
            for at, cause, fix in _refusals(error):
                yield report((*path, *at), cause, fix, False)
            continue
        if path in seen or (path[-1:] == ("value",) and isinstance(error["input"], Mapping)):
            continue  # the branches of a union each complain; of an interval only what is wrong inside it counts
        seen.add(path)
        if kind == "extra_forbidden":
            yield unknown_field(path, _fields_around(model, path), report)
        elif kind == "missing":
            yield report(path, *(hint(str(path[-1]), error) or missing_field(str(path[-1]))), False)
        else:
            yield report(path, *_wrong_value(path, error, hint), "[key]" in error["loc"])


def _refusals(error: ErrorDetails) -> Sequence[Refusal]:
    found: Sequence[Refusal] = error["ctx"]["refusals"]
    return found


def wrong_value(field: str, given: Any) -> Message:
    """The cause of a value that its field cannot have."""
    return Message.of("reading.format.wrong_value", field=field, text=_shown(given))


def _wrong_value(path: DataPath, error: ErrorDetails, hint: Hint) -> tuple[Message, Message | None]:
    kind, given = error["type"], error["input"]
    field = next((step for step in reversed(path) if isinstance(step, str)), "")  # an item of a list has no name
    cause = wrong_value(field, given)
    if not path:
        cause = Message.of("reading.format.wrong_file")
    if kind.startswith("date_") and is_no_day(given):
        return no_such_day(given)
    if path and (hinted := hint(str(path[-1]), error)) is not None:
        return hinted
    if kind == "literal_error":
        choices = tuple(_choices(str(error["ctx"]["expected"])))
        near = nearest(str(given), choices)
        if near is not None and near != given:
            return cause, Message.of("core.near", near=near)
        return cause, Message.of("reading.format.choices", choices=choices)
    if kind == "string_pattern_mismatch":
        proposal = suggest_slug(str(given))
        return cause, Message.of("core.id.mend", proposal=proposal) if proposal else None
    if kind in _BOUNDS and not is_too_large(error):
        (bound,) = error["ctx"].values()
        return cause, Message.of(f"reading.format.{kind}", bound=float(bound))
    expected = "bound" if kind in _BOUNDS else _EXPECTED.get(kind, "other")
    return cause, Message.of(f"reading.format.expects.{expected}")


def is_too_large(error: ErrorDetails) -> bool:
    """Whether a number is beyond what any field may hold."""
    return error["type"] in _BOUNDS and LARGEST in map(abs, error["ctx"].values())


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
        found = model.model_fields.get(str(step))
        if found is None:
            break
        annotation = found.annotation
        model = next(_models_in(annotation), model)
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
