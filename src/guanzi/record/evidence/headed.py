"""Files of the library that are a head, and sources and facts as in a facts file: cities, tracks."""

from __future__ import annotations

from dataclasses import replace

from guanzi.base.core import InvalidInput, Message, Problem
from guanzi.base.reading import DataPath, Format, YamlDocument
from guanzi.record.evidence.checking import validate_data
from guanzi.record.evidence.factchecks import DefinedSources, collect_facts, collect_sources
from guanzi.record.evidence.factfiles import read_fact_document
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.sources import Source


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

    def report(path: DataPath, cause: Message, mend: Message | None, at_key: bool) -> Problem:
        place = document.key_place(path) if at_key else document.place(path)
        return Problem(cause, place, mend)

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
