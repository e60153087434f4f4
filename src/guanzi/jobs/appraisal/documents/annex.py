"""The annex of a dossier: where its numbers come from, the parameters, the playbook and the versions."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from guanzi.advice.appraisal import Appraisal, Figure, to_json
from guanzi.base.core import Message
from guanzi.jobs.appraisal.documents.parameters import DistributionWords
from guanzi.jobs.shared.documents.figures import quantity_of
from guanzi.jobs.shared.documents.parents import Parents
from guanzi.jobs.shared.documents.words import message, of_text
from guanzi.render import Block, Cell, Column, Row, Section, Sentence, Table


def annex(appraisal: Appraisal, parents: Parents) -> Iterator[Section]:
    """Figures with their parents, and what computed them."""
    figures = (Sentence(message("intro.figures")), figures_table(appraisal, parents))
    yield _folded("figures", *figures)
    versions, book = appraisal.versions, appraisal.playbook
    options = {name: getattr(versions, name) for name in ("paths", "steps", "worlds", "seed")}
    told: list[Block] = []
    if versions.paths:
        told.append(Sentence(message("simulation.text", **options)))
    tried = ".tried" if any(id.startswith("range.") for id in appraisal.figures) else ""
    empty = Sentence(message(f"empty.parameters{tried}"), tone="unknown")
    told.append(_parameters(appraisal, parents) if appraisal.parameters else empty)
    yield _folded("simulation", *told)
    made = message("playbook.text", id=book.name, version=book.version, day=book.made_on.isoformat())
    later = (Sentence(message("playbook.later"), tone="strong"),) if book.made_after_decision else ()
    yield _folded("playbook", Sentence(made), *later)
    yield _folded("versions", Sentence(message("intro.versions")), _versions(appraisal))


def _folded(id: str, *blocks: Block) -> Section:
    return Section(id, message(f"section.{id}"), blocks, folded=True)


def figures_table(appraisal: Appraisal, parents: Parents) -> Table:
    """Every figure with its parents."""
    names = {"figure": "paper.figure", "value": "table.value", "kind": "figures.kind", "id": "figures.id"}
    columns = tuple(Column(name, message(id), book_only=name == "id") for name, id in names.items())
    rows = tuple(_figure(figure, appraisal, parents) for figure in appraisal.figures.values())
    return Table("figures-all", message("section.figures"), columns, rows)


def _figure(figure: Figure, appraisal: Appraisal, parents: Parents) -> Row:
    behind = parents.rests(figure.parents)
    notes = [Sentence("", behind, cited=message("figures.from" if behind else "figures.no_parent"))]
    if figure.note is not None:
        notes.append(Sentence(of_text(figure.note)))
    value = Cell(None if figure.value is None else quantity_of(figure, appraisal.figures), notes=tuple(notes))
    kind = Cell(message(f"figure_kind.{figure.kind}"))
    return Row(Cell(of_text(figure.label)), (value, kind, Cell(figure.id)), f"figure:{figure.id}")


def _parameters(appraisal: Appraisal, parents: Parents) -> Table:
    names = ("parameter", "distribution", "origin", "because")
    columns = tuple(Column(name, message(f"table.{name}")) for name in names)
    rows = []
    for p in appraisal.parameters:
        behind = parents.rests(p.parents)
        notes = (Sentence("", behind, cited=message("figures.from")),) if behind else ()
        origin = message(f"origin.{p.origin}")
        cells = (Cell(DistributionWords(p)), Cell(origin), Cell(of_text(p.because), notes=notes))
        rows.append(Row(Cell(of_text(p.label)), cells, f"parameter:{p.id.removeprefix('parameter.')}"))
    return Table("parameters", message("table.parameters"), columns, tuple(rows))


def _versions(appraisal: Appraisal) -> Table:
    versions = appraisal.versions
    held: dict[str, str | int] = {
        "guanzi": versions.guanzi,
        "schema": versions.schema_,
        "view": versions.view_sha256,
        "method": versions.method_sha256,
        "playbook": appraisal.playbook.sha256,
    }
    if versions.paths:
        held |= {"seed": str(versions.seed), "paths": versions.paths, "steps": versions.steps}
    columns = (Column("what", message("paper.what")), Column("hash", message("version.head")))
    rows = tuple(Row(Cell(message(f"version.{name}")), (Cell(text),)) for name, text in held.items())
    return Table("hashes", message("section.versions"), columns, rows)


def no_risks(appraisal: Appraisal) -> Message:
    """That no further risk was found, and how many questions have no evidence, so that their risks are not known."""
    gaps = sum(finding.kind == "gap" for finding in appraisal.findings)
    return message("brief.no_risks" if gaps else "brief.no_risks.all", n=gaps)


def footer_words(appraisal: Appraisal) -> Message:
    """What a paper was made with."""
    versions, book = appraisal.versions, appraisal.playbook
    made = {"version": versions.guanzi, "playbook": book.name, "playbook_version": book.version}
    if not versions.paths:
        return message("brief.footer.unsimulated", **made)
    return message("brief.footer", **made, seed=str(versions.seed), paths=versions.paths)


def hashes_of(appraisal: Appraisal) -> tuple[tuple[Message, str], ...]:
    """The hashes that a paper names: of the appraisal, and of all that it was made from."""
    hashes = {
        "appraisal": sha256(to_json(appraisal).encode()).hexdigest(),
        "view": appraisal.versions.view_sha256,
        "method": appraisal.versions.method_sha256,
        "playbook": appraisal.playbook.sha256,
    }
    return tuple((message(f"version.{name}"), text) for name, text in hashes.items())
