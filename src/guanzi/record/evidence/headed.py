"""Files of the library that are a head, and sources and facts as in a facts file: cities, tracks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading import DataPath, Format, YamlDocument, read_yaml
from guanzi.record.evidence.checking import validate_data
from guanzi.record.evidence.factchecks import DefinedSources, collect_facts, collect_sources
from guanzi.record.evidence.factfiles import read_fact_document
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.sources import Source


def shipped_names(folder: str) -> tuple[str, ...]:
    """Names of the files of a folder of the library, in alphabetical order."""
    return tuple(sorted(p.name.removesuffix(".yaml") for p in _folder(folder).iterdir() if p.name.endswith(".yaml")))


def known_part(facts: tuple[Fact, ...], sources: tuple[Source, ...], day: date) -> dict[str, Any]:
    """``facts`` that were known on a day, and the ``sources`` that they rest on."""
    known = tuple(fact for fact in facts if fact.known_on <= day)
    used = {fact.source for fact in known}
    return {"facts": known, "sources": tuple(source for source in sources if source.id in used)}


def read_named(name_or_path: str, folder: str, kind: str) -> YamlDocument:
    """A file of the library by its name, or any file.

    Args:
        name_or_path: Which.
        folder: Of the library.
        kind: ``city`` or ``track``: the option and the sentence of a refusal.

    Raises:
        InvalidInput: There is none, or it is no YAML.
    """
    names = shipped_names(folder)
    if name_or_path in names:
        return read_yaml(_folder(folder) / f"{name_or_path}.yaml", f"{name_or_path}.yaml")
    path = Path(name_or_path)
    if not path.is_file():
        cause = Message.of(f"evidence.{kind}.not_found", name=name_or_path)
        fix = Message.of(f"evidence.{kind}.not_found.mend", names=names)
        raise InvalidInput(Problem(cause, Place(f"--{kind}"), fix, excerpt=name_or_path))
    return read_yaml(path, name_or_path)


def _folder(name: str) -> Path:
    return Path(str(files("guanzi.library").joinpath(name)))


def read_headed[Head: Format](
    document: YamlDocument, head: type[Head]
) -> tuple[Head, tuple[Fact, ...], tuple[Source, ...]]:
    """The head of a file, its facts, and its sources by id.

    Raises:
        InvalidInput: What is wrong with it, all at once.
    """
    data = document.data
    if not isinstance(data, dict):
        raise InvalidInput(document.problem((), Message.of("reading.format.wrong_file")))

    def report(path: DataPath, cause: Message, fix: Message | None, at_key: bool) -> Problem:
        place = document.key_place(path) if at_key else document.place(path)
        return Problem(cause, place, fix)

    names = tuple(head.model_fields)
    top = validate_data(head, {key: value for key, value in data.items() if key in names}, report)
    rest = {key: value for key, value in data.items() if key not in names}
    file = read_fact_document(replace(document, data=rest))
    sources, wrong_sources = collect_sources([file])
    found, wrong_facts = collect_facts([file], sources, DefinedSources.of([file]))
    problems = [*file.problems, *wrong_sources, *wrong_facts]
    if any(problem.severity == "error" for problem in problems):
        raise InvalidInput(sorted(problems, key=lambda problem: problem.place))
    return top, tuple(found), tuple(sources[id] for id in sorted(sources))
