"""Outcomes: what happened after the decision, and how the record judges it. No analysis reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Problem
from guanzi.base.reading import DataPath, Format, YamlDocument, read_text, read_yaml
from guanzi.record.evidence.case import FACT_ENDINGS, files_of, name_in, read_header
from guanzi.record.evidence.checking import validate
from guanzi.record.evidence.factchecks import DefinedSources, collect_facts, collect_sources
from guanzi.record.evidence.factfiles import read_fact_file
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.formats import CaseFormat, Slug, Words
from guanzi.record.evidence.horizons import score_horizon
from guanzi.record.evidence.sources import Source

LABEL_FILE = "label.yaml"
"""The file in ``outcome/`` that holds the judgement; every other file there holds facts."""

UNLABELLED_FILE = "unlabelled.md"
"""The file in ``outcome/`` that says why there is no judgement."""

type Label = Literal["success", "partial", "failure", "ongoing", "refused"]


class AccountEntry(Format):
    """What the decision came to in one account."""

    result: Annotated[
        Literal["gain", "even", "mixed", "loss", "none", "open", "unknown"],
        Field(description="none: nothing was at stake in this account; open: not decided yet; unknown: not seen"),
    ]
    by: Annotated[date, Field(description="Day up to which the account is told")]
    text: Words
    text_zh: str = ""
    facts: Annotated[tuple[Slug, ...], Field(description="Facts of the case or of its outcome that say so")] = ()


class AccountsEntry(Format):
    """The three accounts, which are never added."""

    fund: AccountEntry
    budget: AccountEntry
    cluster: AccountEntry


class CompanyEntry(Format):
    """What became of the company or project itself."""

    result: Annotated[
        Literal["success", "partial", "failure", "ongoing", "unknown"],
        Field(description="The same as the label, except where the deal or the refusal went another way"),
    ]
    by: date
    text: Words
    text_zh: str = ""
    facts: tuple[Slug, ...] = ()


class LabelFormat(Format):
    """``outcome/label.yaml``: the judgement on a decision, with its reasons and the day up to which it looks."""

    format: Literal[1]
    label: Annotated[
        Literal["success", "partial", "failure", "ongoing", "refused"],
        Field(description="Of the bet, for the public side; refused: nothing was put in, scored apart"),
    ]
    judged_on: Annotated[date, Field(description="Day up to which the record was read")]
    because: Words
    because_zh: str = ""
    company: CompanyEntry
    contract: Annotated[
        Literal["held", "partly", "broken", "untested", "unknown"],
        Field(description="Whether the terms limited the public loss when it mattered"),
    ] = "unknown"
    accounts: AccountsEntry

    def is_settled(self, decided: date, model: str) -> bool:
        """Whether the decision can be scored: its horizon has passed, or the company or project has come to an end."""
        return self.company.result == "failure" or self.judged_on >= score_horizon(model).end(decided)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened after the decision; read for hindsight only, never for an analysis.

    Attributes:
        facts: Outcome facts, in the order of their ids.
        sources: The sources they cite.
        label: The judgement; None when the record holds none.
        unlabelled: Why it holds none, where somebody wrote it down.
    """

    facts: tuple[Fact, ...]
    sources: Mapping[str, Source]
    label: LabelFormat | None = None
    unlabelled: str = ""


def read_outcome(folder: Path) -> Outcome:
    """Read the outcome of a case: its facts, and the judgement if there is one.

    Raises:
        InvalidInput: Everything that is wrong with them.
    """
    found, problems = _outcome(folder)
    if any(problem.severity == "error" for problem in problems):
        raise InvalidInput(problems)
    return found


def check_outcome(folder: Path) -> list[Problem]:
    """What is wrong with the outcome of a case."""
    return _outcome(folder)[1]


def _outcome(folder: Path) -> tuple[Outcome, list[Problem]]:
    problems: list[Problem] = []
    before = [read_fact_file(path, name_in(folder, path)) for path in files_of(folder, "facts", FACT_ENDINGS, [])]
    paths = [p for p in files_of(folder, "outcome", FACT_ENDINGS, problems) if p.name != LABEL_FILE]
    problems = [p for p in problems if p.place.file != f"outcome/{UNLABELLED_FILE}" or p.severity == "error"]
    after = [read_fact_file(path, name_in(folder, path)) for path in paths]
    problems.extend(problem for file in after for problem in file.problems)
    sources, source_problems = collect_sources([*before, *after])
    defined = DefinedSources.of([*before, *after])
    facts, fact_problems = collect_facts(after, sources, defined)
    problems.extend(p for p in (*source_problems, *fact_problems) if p.place.file.startswith("outcome/"))
    header = read_header(folder, [])
    if header is not None:
        problems.extend(_known_before(facts, header[1].decision_date))
    ids = {row.fields.get("id") for file in (*before, *after) for row in file.facts}
    label = _read_label(folder, None if header is None else header[1], ids if defined.complete else None, problems)
    problems = [replace(p, place=replace(p.place, file=str(folder / p.place.file))) for p in problems]
    cited = {fact.source for fact in facts}
    held = {id: sources[id] for id in sorted(sources) if id in cited}
    outcome = Outcome(tuple(facts), held, label, _unlabelled(folder) if label is None else "")
    return outcome, sorted(problems, key=lambda problem: problem.place)


def _unlabelled(folder: Path) -> str:
    path = folder / "outcome" / UNLABELLED_FILE
    if not path.is_file() or path.is_symlink():
        return ""
    try:
        return " ".join(read_text(path, name_in(folder, path)).text.split())
    except InvalidInput:
        return ""


def _known_before(facts: Sequence[Fact], decided: date) -> Iterator[Problem]:
    for fact in facts:
        if fact.known_on <= decided:
            cause = Message.of("evidence.outcome.known_before", id=fact.id, decided=decided.isoformat())
            yield Problem(cause, fact.place, severity="warning")


def _read_label(
    folder: Path, form: CaseFormat | None, ids: set[str | None] | None, problems: list[Problem]
) -> LabelFormat | None:
    path = folder / "outcome" / LABEL_FILE
    if not path.is_file() or path.is_symlink():
        return None
    try:
        document = read_yaml(path, name_in(folder, path))
        label = validate(LabelFormat, document)
    except InvalidInput as error:
        problems.extend(error.problems)
        return None
    problems.extend(_unknown_facts(document, label, ids))
    if form is not None:
        problems.extend(_clashes(document, label, form))
    return label


def _unknown_facts(document: YamlDocument, label: LabelFormat, ids: set[str | None] | None) -> Iterator[Problem]:
    parts: dict[DataPath, CompanyEntry | AccountEntry] = {("company",): label.company}
    parts |= {("accounts", name): getattr(label.accounts, name) for name in AccountsEntry.model_fields}
    for path, part in parts.items():
        for index, id in enumerate(part.facts):
            if ids is not None and id not in ids:
                cause = Message.of("evidence.label.unknown_fact", id=id)
                yield document.problem((*path, "facts", index), cause, Message.of("evidence.label.unknown_fact.mend"))
        if part.by > label.judged_on:
            cause = Message.of("evidence.label.beyond", by=part.by.isoformat(), judged=label.judged_on.isoformat())
            yield document.problem((*path, "by"), cause, Message.of("evidence.label.beyond.mend"))


def _clashes(document: YamlDocument, label: LabelFormat, form: CaseFormat) -> Iterator[Problem]:
    if label.judged_on <= form.decision_date:
        cause = Message.of("evidence.label.too_early", decided=form.decision_date.isoformat())
        yield document.problem(("judged_on",), cause, Message.of("evidence.label.too_early.mend"))
    if (label.label == "refused") != (form.decision == "refused"):
        cause = Message.of("evidence.label.decision", label=label.label, decision=form.decision)
        yield document.problem(("label",), cause, Message.of("evidence.label.decision.mend"))


def label_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of ``outcome/label.yaml``."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **LabelFormat.model_json_schema()}
