"""Cases: one company, one region, one question, in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from guanzi.base.core import Bilingual, InvalidInput, Message, Place, Problem, hash_of_file, unreadable
from guanzi.base.reading import DataPath, YamlDocument, is_no_day, no_such_day, read_yaml
from guanzi.record.evidence.catalogue import builtin_cases, find_case
from guanzi.record.evidence.checking import validate
from guanzi.record.evidence.dataroom.store import DOCUMENTS, INDEX, DataRoomEntry, read_index
from guanzi.record.evidence.dataroom.verifying import check_citations, document_problems
from guanzi.record.evidence.effectsfile import EffectsFormat, effects_of
from guanzi.record.evidence.elicitation.reading import Elicitation, read_elicitation
from guanzi.record.evidence.entityfile import DatedEntity, read_dated_entities
from guanzi.record.evidence.factchecks import DefinedSources, collect_facts, collect_sources, late_facts
from guanzi.record.evidence.factfiles import read_fact_file
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.formats import CaseFormat, Decision, Fitness
from guanzi.record.evidence.links import outside, stays_in
from guanzi.record.evidence.precedents import Precedent, industry_hint, own_precedents
from guanzi.record.evidence.product import product_of
from guanzi.record.evidence.sources import Source
from guanzi.record.evidence.tiefacts import tie_facts
from guanzi.record.evidence.view import Document, Named, SheetFile, View

FACT_ENDINGS = (".yaml", ".csv")


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it lies in its folder, with everything that was ever known before its outcome.

    Attributes:
        id: Id of the case.
        title: Its title, in both languages where it has them.
        company, region: The company; the city or region.
        industry, model: Industry, and company model of the simulation.
        currency: Currency (ISO 4217).
        decision_date: Day on which the decision was due.
        question: The question to the committee, likewise.
        facts: All facts, in the order of their ids.
        sources: All sources, in the order of their ids.
        sheets: All versions of the term sheet, in the order of their days.
        documents: All documents, in the order of their paths.
        judgements: All panels of experts with all their rounds, in the order of their ids.
        folder: Where it was read from.
        warnings: What does not stop the work, but somebody should look at.
        decision: What was decided. It belongs to the record: no view holds it, and no analysis sees it.
        fitness: ``unfit`` when too little is known for the backtest.
        unfit_because: Why.
        entities: Companies, people and their ties, in the order of their ids.
        effects: What input-output multipliers say of the plant; None without such a file.
        industry_name: What it calls its industry; empty: as the catalogue does.
        precedents: Ended bets of its own house, in the order of their cases.
    """

    id: str
    title: Bilingual
    company: Named
    region: Named
    industry: str
    model: str
    currency: str
    decision_date: date
    question: Bilingual
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    sheets: tuple[SheetFile, ...]
    documents: tuple[Document, ...]
    folder: Path
    warnings: tuple[Problem, ...] = ()
    decision: Decision = "open"
    fitness: Fitness = "fit"
    unfit_because: str = ""
    judgements: tuple[Elicitation, ...] = ()
    entities: tuple[DatedEntity, ...] = ()
    effects: EffectsFormat | None = None
    industry_name: Bilingual = field(default_factory=Bilingual)
    precedents: tuple[Precedent, ...] = ()

    def view(self, as_of: date, *, include_doubtful: bool = False) -> View:
        """Everything that was known on a day, that day included.

        Args:
            as_of: The day.
            include_doubtful: Also take the facts of which it is not sure that they could be held on that day.
        """
        known = (e.as_known_on(as_of) for e in self.entities if include_doubtful or e.stamp.availability == "confirmed")
        dated = tuple(entity for entity in known if entity is not None)
        held = tuple(
            fact
            for fact in self.facts
            if fact.known_on <= as_of and (include_doubtful or fact.availability == "confirmed")
        )
        facts = tuple(sorted((*held, *tie_facts(dated, self.company)), key=lambda fact: fact.id)) if dated else held
        sheets = tuple(sheet for sheet in self.sheets if sheet.known_on <= as_of)
        documents = tuple(document for document in self.documents if document.known_on <= as_of)
        panels = (panel.as_known_on(as_of) for panel in self.judgements)
        cited = {fact.source for fact in facts} | {document.source for document in documents}
        cited.update(entity.stamp.source for entity in dated)
        cited.update(source for sheet in sheets for _, source in cited_sources(sheet.document.data))
        return View(
            id=self.id,
            title=self.title,
            company=self.company,
            region=self.region,
            industry=self.industry,
            model=self.model,
            currency=self.currency,
            decision_date=self.decision_date,
            question=self.question,
            as_of=as_of,
            facts=facts,
            sources=tuple(source for source in self.sources if source.id in cited),
            sheets=sheets,
            documents=documents,
            judgements=tuple(panel for panel in panels if panel is not None),
            dated=dated,
            effects=self.effects if self.effects is not None and self.effects.known_on <= as_of else None,
            industry_name=self.industry_name,
            precedents=tuple(one for one in self.precedents if one.settled <= as_of),
        )

    def known_by(self, day: date) -> Case:
        """The case as it was known on a day: a view of a later day holds nothing more."""
        view, own = self.view(day), {fact.id for fact in self.facts}
        return replace(
            self,
            facts=tuple(fact for fact in view.facts if fact.id in own),
            sheets=view.sheets,
            documents=view.documents,
            judgements=view.judgements,
            entities=view.dated,
            effects=view.effects,
            precedents=view.precedents,
        )

    def counting_doubtful(self) -> Case:
        """The same case with its doubtful facts taken for confirmed, to see what difference they make."""
        return replace(
            self,
            facts=tuple(replace(fact, availability="confirmed") for fact in self.facts),
            entities=tuple(
                replace(entity, stamp=entity.stamp.model_copy(update={"availability": "confirmed"}))
                for entity in self.entities
            ),
        )

    def located(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems of a file of this case with the way to that file, as the user would name it."""
        return [replace(p, place=replace(p.place, file=str(self.folder / p.place.file))) for p in problems]


type CaseSource = str | Case
"""What a question about a case is asked of: the name of a shipped case, a folder, or a case that was read already."""


def open_case(source: CaseSource) -> Case:
    """The case of a name or folder; one that was read already as it is.

    Raises:
        InvalidInput: There is no such case, or everything that is wrong with it.
    """
    return source if isinstance(source, Case) else load_case(find_case(source))


def load_case(folder: Path) -> Case:
    """Read a case folder, all but its ``outcome/``, which is neither opened nor listed.

    Raises:
        InvalidInput: Everything that is wrong with it, in all files at once; warnings are among the problems.
    """
    problems: list[Problem] = []
    header = read_header(folder, problems)
    files = [read_fact_file(path, name_in(folder, path)) for path in files_of(folder, "facts", FACT_ENDINGS, problems)]
    problems.extend(problem for file in files for problem in file.problems)
    sources, source_problems = collect_sources(files)
    defined = DefinedSources.of(files)
    if any(problem.cause.id == "reading.file.outside" for problem in problems):
        defined = replace(defined, complete=False)  # what was not followed may define them
    facts, fact_problems = collect_facts(files, sources, defined)
    problems.extend((*source_problems, *fact_problems))
    sheets = tuple(_read_sheets(folder, defined, header[1].currency if header is not None else "", problems))
    judgements = tuple(_read_judgements(folder, problems))
    effects = effects_of(folder, header[1].currency if header is not None else "", problems)
    precedents = own_precedents(folder, problems)
    documents: tuple[Document, ...] = ()
    entities: tuple[DatedEntity, ...] = ()
    if header is not None:
        documents = tuple(_read_documents(folder, header, defined, problems))
        documents += _read_data_room(folder, facts, defined, problems)
        stands = {fact.id: fact.place for fact in facts}
        entities, wrong = read_dated_entities(folder, header[1].company.id, stands, sources, defined)
        problems.extend(wrong)
        problems.extend(_unexplained(header))
        problems.extend(late_facts(facts, header[1].decision_date))
    problems = [replace(p, place=replace(p.place, file=str(folder / p.place.file))) for p in problems]
    problems.sort(key=lambda problem: problem.place)
    if header is None or any(problem.severity == "error" for problem in problems):
        raise InvalidInput(problems)
    form = header[1]
    own = tuple(_of_own_subject(fact, form) for fact in facts)
    ordered = sorted(sheets, key=lambda sheet: (sheet.known_on, sheet.name))
    return Case(
        id=form.case,
        title=form.in_both("title"),
        company=Named(form.company.id, form.company.name, form.company.name_zh, year_ends=form.company.year_ends),
        region=Named(form.region.id, form.region.name, form.region.name_zh, form.region.country, form.region.state),
        industry=form.industry,
        model=form.model,
        currency=form.currency,
        decision_date=form.decision_date,
        question=form.in_both("question"),
        facts=own,
        sources=tuple(sources[id] for id in sorted(sources)),
        sheets=tuple(_counted(sheet, own, form.industry) for sheet in ordered),
        documents=tuple(sorted(documents, key=lambda document: document.file)),
        folder=folder,
        warnings=tuple(problems),
        decision=form.decision,
        fitness=form.fitness,
        unfit_because=form.unfit_because,
        judgements=judgements,
        entities=entities,
        effects=effects,
        industry_name=form.industry_name,
        precedents=precedents,
    )


def _of_own_subject(fact: Fact, form: CaseFormat) -> Fact:
    """Whoever names the company or the region of the case by its id means ``company`` or ``region``."""
    own = {form.company.id: "company", form.region.id: "region"}.get(fact.subject, fact.subject)
    return fact if own == fact.subject else replace(fact, subject=own)


def _counted(sheet: SheetFile, facts: Iterable[Fact], industry: str) -> SheetFile:
    """A version of the term sheet that knows what the company delivers, by what was held with it."""
    return replace(sheet, document=replace(sheet.document, product=product_of(facts, sheet.known_on, industry)))


def facts_of(folder: Path, problems: list[Problem]) -> tuple[tuple[Fact, ...], tuple[Source, ...]]:
    """The facts and sources of a case folder as far as they can be read, whatever else is wrong with it.

    Args:
        folder: The folder of the case.
        problems: Where to note what is wrong with its facts.
    """
    files = [read_fact_file(path, name_in(folder, path)) for path in files_of(folder, "facts", FACT_ENDINGS, problems)]
    problems.extend(problem for file in files for problem in file.problems)
    sources, wrong_sources = collect_sources(files)
    facts, wrong_facts = collect_facts(files, sources, DefinedSources.of(files))
    problems.extend((*wrong_sources, *wrong_facts))
    return facts, tuple(sources.values())


def cited_sources(data: Any, path: DataPath = ()) -> Iterator[tuple[DataPath, str]]:
    """The source ids that clauses of a term sheet name in a ``source`` field, or beside a quote, with their paths.

    A source that begins with the word judgement states an opinion and cites nothing.
    """
    if isinstance(data, dict):
        for key, value in data.items():
            named = key == "source" or (key == "document" and "quote" in data)
            if named and isinstance(value, str) and not value.startswith("judgement"):
                yield (*path, key), value
            else:
                yield from cited_sources(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from cited_sources(value, (*path, index))


def other_currency(sheet: YamlDocument, currency: str) -> Iterator[Problem]:
    """Amounts in two currencies cannot be added: a term sheet is in that of its case (empty when it is not known)."""
    own = sheet.data.get("currency")
    if currency and isinstance(own, str) and own != currency:
        cause = Message.of("evidence.sheet.currency", sheet=own, case=currency)
        yield sheet.problem(("currency",), cause, Message.of("evidence.sheet.currency.mend", case=currency))


def name_in(folder: Path, path: Path) -> str:
    """How places call a file of the case."""
    return path.relative_to(folder).as_posix()


def read_header(folder: Path, problems: list[Problem]) -> tuple[YamlDocument, CaseFormat] | None:
    """``case.yaml`` with its positions; None when it is not valid, with the problems added."""
    if (folder / "case.yaml").exists() and not stays_in(folder / "case.yaml", folder):
        cause = Message.of("reading.file.outside", part="case.yaml")
        fix = Message.of("reading.file.outside.mend", part="case.yaml")
        problems.append(Problem(cause, Place("case.yaml"), fix))
        return None
    if not (folder / "case.yaml").is_file():
        problems.append(
            Problem(Message.of("evidence.case.no_case_yaml"), Place(""), Message.of("evidence.case.no_case_yaml.mend"))
        )
        return None
    try:
        document = read_yaml(folder / "case.yaml", "case.yaml")
        return document, validate(CaseFormat, document, industry_hint)
    except InvalidInput as error:
        problems.extend(error.problems)
        return None


@lru_cache(maxsize=256)
def case_title(name: str) -> Bilingual:
    """What a shipped case is called, in both languages; its name where none has it."""
    header = read_header(find_case(name), []) if name in builtin_cases() else None
    return Bilingual(name) if header is None else header[1].in_both("title")


def files_of(folder: Path, part: str, endings: tuple[str, ...], problems: list[Problem]) -> list[Path]:
    """The files of one part of the case, in name order; what lies there and is not read is a warning."""
    inside = folder / part
    if not inside.is_dir():
        return []
    if not stays_in(inside, folder, part):
        cause, fix = (
            Message.of("reading.file.outside", part=part),
            Message.of("reading.file.outside.mend", part=part),
        )
        problems.append(Problem(cause, Place(part), fix))
        return []
    try:
        entries = sorted(inside.iterdir())
    except OSError as error:
        problems.extend(unreadable(error, part).problems)
        return []
    found: list[Path] = []
    for path in entries:
        if path.name.startswith(".") or path.name.endswith("~"):
            continue
        if not stays_in(path, folder, part):
            problems.append(outside(name_in(folder, path), part))
        elif path.is_file() and path.suffix in endings:
            found.append(path)
        elif path.suffix in endings:
            cause, fix = Message.of("reading.file.not_a_file"), Message.of("reading.file.not_a_file.mend")
            problems.append(Problem(cause, Place(name_in(folder, path)), fix))
        else:
            cause = Message.of("reading.file.not_read", endings=endings)
            problems.append(Problem(cause, Place(name_in(folder, path)), severity="warning"))
    return found


def _read_sheets(folder: Path, defined: DefinedSources, currency: str, problems: list[Problem]) -> Iterator[SheetFile]:
    for path in files_of(folder, "terms", (".yaml",), problems):
        try:
            document = read_yaml(path, name_in(folder, path))
        except InvalidInput as error:
            problems.extend(error.problems)
            continue
        if not isinstance(document.data, dict):
            problems.append(document.problem((), Message.of("reading.format.wrong_file")))
            continue
        for where, id in cited_sources(document.data):
            if id not in defined:
                problems.append(document.problem(where, *defined.unknown(id)))
        problems.extend(other_currency(document, currency))
        known_on = document.data.get("known_on")
        if isinstance(known_on, date):
            yield SheetFile(path.stem, known_on, document)
        elif is_no_day(known_on):
            problems.append(document.problem(("known_on",), *no_such_day(str(known_on))))
        else:
            cause = Message.of("evidence.sheet.known_on")
            problems.append(document.problem(("known_on",), cause, Message.of("evidence.sheet.known_on.mend")))


def _read_documents(
    folder: Path, header: tuple[YamlDocument, CaseFormat], defined: DefinedSources, problems: list[Problem]
) -> Iterator[Document]:
    document, form = header
    inside = folder / "documents"
    declared = {inside / entry.file for entry in read_index(folder, [])}
    for index, entry in enumerate(form.documents):
        where: DataPath = ("documents", index)
        path = inside / entry.file
        declared.add(path)
        if entry.source is not None and entry.source not in defined:
            problems.append(document.problem((*where, "source"), *defined.unknown(entry.source)))
        if not stays_in(path, folder, "documents") or not path.is_file():
            cause = Message.of("evidence.document.missing", file=entry.file)
            problems.append(document.problem((*where, "file"), cause, Message.of("evidence.document.missing.mend")))
            continue
        yield Document(entry.file, entry.title, entry.known_on, entry.source, hash_of_file(path))
    for path in sorted(inside.rglob("*")) if inside.is_dir() else ():
        if path.is_file() and path not in declared and not path.name.startswith((".", "README", INDEX)):
            cause = Message.of("evidence.document.undeclared")
            fix = Message.of("evidence.document.undeclared.mend", file=path.relative_to(inside).as_posix())
            problems.append(Problem(cause, Place(name_in(folder, path)), fix, "warning"))


def _read_data_room(
    folder: Path, facts: Iterable[Fact], defined: DefinedSources, problems: list[Problem]
) -> tuple[Document, ...]:
    """The documents of the data room; a changed one, or a quote that does not stand on its page, is a problem."""
    entries = read_index(folder, problems)
    sound: list[DataRoomEntry] = []
    for entry in entries:
        wrong = list(document_problems(folder, entry))
        if entry.source is not None and entry.source not in defined:
            cause, fix = defined.unknown(entry.source)
            wrong.append(Problem(cause, Place(f"{DOCUMENTS}/{INDEX}"), fix))
        problems.extend(wrong)
        sound.extend(() if wrong else (entry,))
    problems.extend(check_citations(folder, facts, entries, sound))
    return tuple(Document(e.file, e.title, e.known_on, e.source, e.sha256) for e in sound)


def _read_judgements(folder: Path, problems: list[Problem]) -> tuple[Elicitation, ...]:
    found: dict[str, Elicitation] = {}
    fed: dict[str, str] = {}
    for path in files_of(folder, "judgements", (".yaml",), problems):
        try:
            panel = read_elicitation(path, name_in(folder, path))
        except InvalidInput as error:
            problems.extend(error.problems)
            continue
        if panel.id in found:
            cause = Message.of("evidence.elicitation.panel_twice", id=panel.id)
            problems.append(panel.document.problem(("panel",), cause))
        for index, question in enumerate(panel.form.questions):
            if question.parameter in fed and fed[question.parameter] != panel.id:
                cause = Message.of("evidence.elicitation.parameter_twice", parameter=question.parameter)
                problems.append(panel.document.problem(("questions", index, "parameter"), cause))
            elif question.parameter is not None:
                fed[question.parameter] = panel.id
        found[panel.id] = panel
    return tuple(found[id] for id in sorted(found))


def _unexplained(header: tuple[YamlDocument, CaseFormat]) -> Iterator[Problem]:
    document, form = header
    if form.fitness == "unfit" and not form.unfit_because.strip():
        cause, fix = Message.of("evidence.case.unfit"), Message.of("evidence.case.unfit.mend")
        yield document.problem(("fitness",), cause, fix)
