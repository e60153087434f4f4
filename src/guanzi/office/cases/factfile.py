"""Facts that the office writes: YAML files of its own beside those that came with the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from guanzi.base.core import UNITS, InvalidInput, Message, Place, Problem, UnitKind
from guanzi.base.reading import TextFile, parse_yaml, scalar_value, yaml_text

FIRST = "facts/office.yaml"
MOST = 500
"""Facts of one file; the next goes into another, so that an old one is not written anew for every fact."""
_YES = frozenset({"yes", "true", "是", "有"})
_NO = frozenset({"no", "false", "否", "无"})


def with_entry(
    files: Mapping[str, bytes], source: Mapping[str, Any] | None, fact: Mapping[str, Any] | None
) -> tuple[str, bytes]:
    """The file of the office with a source or a fact more.

    Args:
        files: Files of the office in the newest version, by path.
        source: ``id`` and the fields of a source; None: no source.
        fact: Fields of a fact; None: no fact.

    Returns:
        Path and content of the file that changes.
    """
    path = _path(files)
    data = _data(path, files[path]) if path in files else {}
    if fact is not None and len(data.get("facts") or ()) >= MOST:
        path, data = f"facts/office-{len(files) + 1}.yaml", {}
    if source is not None:
        fields = {name: value for name, value in source.items() if name != "id"}
        data = {"sources": {**(data.get("sources") or {}), source["id"]: fields}, **_rest(data, "sources")}
    if fact is not None:
        data = {**_rest(data, "facts"), "facts": [*(data.get("facts") or ()), dict(fact)]}
    return path, yaml_text(data).encode("utf-8")


def is_office_file(path: str) -> bool:
    """Whether a file is one that the office writes facts into."""
    return path == FIRST or (path.startswith("facts/office-") and path.endswith(".yaml"))


def value_of(value: str, low: str, high: str, unit: str) -> Any:
    """The value of a fact from what was written into a form: words, yes or no, a number, or low and high.

    What is none of them stays as it was written: the check of the case says what was expected.
    """
    if low or high:
        return {"low": scalar_value(low), "high": scalar_value(high)}
    try:
        kind = UNITS[unit]
    except KeyError:
        kind = UnitKind.NUMBER
    if kind is UnitKind.TEXT:
        return value
    if kind is UnitKind.FLAG:
        said = value.casefold()
        return True if said in _YES else False if said in _NO else value
    return scalar_value(value.replace("\N{FULLWIDTH COMMA}", ",").replace(",", "_"))


def of_fields(error: InvalidInput, files: frozenset[str]) -> InvalidInput:
    """Problems of an entry that was just written, as those of the fields of its form; warnings stop nothing."""
    errors = [problem for problem in error.problems if problem.severity == "error"]
    return InvalidInput([_of_field(problem, files) for problem in errors])


def _of_field(problem: Problem, files: frozenset[str]) -> Problem:
    place = problem.place
    if place.file not in files:
        return problem
    field = place.field.rpartition(".")[2] or place.field
    return replace(problem, place=Place(field or place.file))


def _path(files: Mapping[str, bytes]) -> str:
    numbered = sorted((len(path), path) for path in files if path != FIRST)
    return numbered[-1][1] if numbered else FIRST


def _data(path: str, content: bytes) -> dict[str, Any]:
    text = content.decode("utf-8")
    data = parse_yaml(TextFile(path, text, tuple(text.split("\n")))).data
    if data is not None and not isinstance(data, dict):
        raise InvalidInput(Problem(Message.of("reading.format.wrong_file"), Place(path)))
    return data or {}


def _rest(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != name}
