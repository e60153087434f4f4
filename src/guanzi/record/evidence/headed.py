"""Files of the library that are a head, and sources and facts as in a facts file: cities, tracks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from guanzi.base.core import Bilingual, InvalidInput, Message, Place, Problem
from guanzi.base.reading import DataPath, Format, YamlDocument, read_yaml
from guanzi.record.evidence.checking import validate_data
from guanzi.record.evidence.factchecks import DefinedSources, collect_facts, collect_sources
from guanzi.record.evidence.factfiles import read_fact_document
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.sources import Source


def shipped_names(folder: str) -> tuple[str, ...]:
    """Names of the files of a folder of the library, in alphabetical order."""
    return tuple(sorted(p.name.removesuffix(".yaml") for p in _folder(folder).iterdir() if p.name.endswith(".yaml")))


def plain(name: str) -> str:
    """A name as it is compared: without case and without the word for city."""
    return name.casefold().removesuffix("市")


@cache
def shipped_heads(folder: str) -> Mapping[str, tuple[Bilingual, tuple[str, ...]]]:
    """The name of each file of a folder of the library, in both languages, and by what else it is called."""
    heads = {id: read_yaml(_folder(folder) / f"{id}.yaml", id).data for id in shipped_names(folder)}
    return {
        id: (Bilingual(head["name"], head.get("name_zh", "")), tuple(head.get("also", ())))
        for id, head in heads.items()
    }


def shipped_called(name: str, folder: str) -> str | None:
    """The id of the file of the library that is called so, in either language; None where there is none."""
    heads = shipped_heads(folder).items()
    return {plain(key): id for id, (both, also) in heads for key in (id, both, both.zh, *also) if key}.get(plain(name))


def known_part(facts: tuple[Fact, ...], sources: tuple[Source, ...], day: date) -> dict[str, Any]:
    """``facts`` that were known on a day, and the ``sources`` that they rest on."""
    known = tuple(fact for fact in facts if fact.known_on <= day)
    used = {fact.source for fact in known}
    return {"facts": known, "sources": tuple(source for source in sources if source.id in used)}


def read_named(name_or_path: str, folder: str, kind: str) -> YamlDocument:
    """A file of the library by its id or its name in either language, or any file.

    Args:
        name_or_path: Which.
        folder: Of the library.
        kind: ``city`` or ``track``: the option and the sentence of a refusal.

    Raises:
        InvalidInput: There is none, or it is no YAML.
    """
    path = Path(name_or_path)
    if name_or_path not in shipped_names(folder) and path.is_file():
        return read_yaml(path, name_or_path)
    id = shipped_called(name_or_path, folder)
    if id is not None:
        return read_yaml(_folder(folder) / f"{id}.yaml", f"{id}.yaml")
    cause = Message.of(f"evidence.{kind}.not_found", name=name_or_path)
    fix = Message.of(f"evidence.{kind}.not_found.mend", names=tuple(name for name, _ in shipped_heads(folder).values()))
    raise InvalidInput(Problem(cause, Place(f"--{kind}"), fix, excerpt=name_or_path))


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
