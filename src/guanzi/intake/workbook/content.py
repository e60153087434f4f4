"""The case itself in a workbook: from a folder to rows, and from rows to what ``case.yaml`` and a facts file hold."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from guanzi.base.core import (
    CURRENCIES,
    UNITS,
    Bilingual,
    InvalidInput,
    Message,
    Place,
    Problem,
    UnitKind,
)
from guanzi.base.reading import DataPath, TextFile, YamlDocument, missing_field, read_yaml, yaml_text
from guanzi.intake.workbook.book import Book, SheetRow
from guanzi.intake.workbook.cells import as_flag
from guanzi.intake.workbook.layout import SheetLayout, layouts
from guanzi.intake.workbook.writing import SheetRows
from guanzi.record.evidence import (
    INDEX,
    ORIGIN,
    Case,
    CaseFormat,
    DefinedSources,
    Fact,
    Source,
    WrittenUnit,
    cited_sources,
    collect_facts,
    collect_sources,
    describe_unit,
    industry_hint,
    making_case,
    other_currency,
    read_fact_document,
    read_index,
    stays_in,
    unknown_industry,
    unnamed_industry,
    validate,
    written_unit,
)

_DOCUMENTS = "documents"


@dataclass(slots=True)
class CaseDraft:
    """What a workbook says about a case, before it is written.

    Attributes:
        header: Content of ``case.yaml``.
        facts: Content of the facts file.
        defined: The sources that clauses may cite.
        units: Fact to the cell of its unit.
        problems: What is wrong with case, sources, facts and documents.
    """

    header: dict[str, Any]
    facts: dict[str, Any]
    defined: DefinedSources
    units: Mapping[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def clashes(self, document: YamlDocument) -> list[Problem]:
        """Where a term sheet does not fit the case: sources that are not defined, amounts in another currency."""
        cited = cited_sources(document.data)
        unknown = [document.problem(path, *self.defined.unknown(id)) for path, id in cited if id not in self.defined]
        currency = str(self.header.get("currency", ""))
        return [*unknown, *(other_currency(document, currency) if currency in CURRENCIES else ())]

    def in_cells(self, problems: Sequence[Problem]) -> list[Problem]:
        """Problems of facts of the folder that is being made, at the cells from which they came."""
        cells = (self.units.get(str(dict(p.cause.params).get("fact"))) for p in problems)
        return [p if cell is None else replace(p, place=cell) for p, cell in zip(problems, cells, strict=True)]


class PlacedDraft:
    """Plain data under construction, with the place of every value."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[DataPath, Place] = {}

    def document(self, data: Any, place: Place) -> YamlDocument:
        """The data as a document, as if it had been read from YAML."""
        self.places.setdefault((), place)
        return YamlDocument(place.file, data, self.places, self.places, TextFile(place.file, "", ()))


# -- from a folder ---------------------------------------------------------------------------------------------


def case_rows(case: Case) -> list[SheetRows]:
    """The sheets Case, Documents, Sources and Facts of a case that has been read."""
    form = validate(CaseFormat, read_yaml(case.folder / "case.yaml", "case.yaml"))
    header = {
        "case": form.case,
        **_split("title", form.in_both("title")),
        **{f"company.{key}": value for key, value in form.company.model_dump().items()},
        **{f"region.{key}": value for key, value in form.region.model_dump().items()},
        "industry": form.industry,
        **_split("industry_name", form.industry_name),
        "model": form.model,
        "currency": form.currency,
        "decision_date": form.decision_date,
        **_split("question", form.in_both("question")),
        "decision": None if form.decision == "open" else form.decision,
        "fitness": None if form.fitness == "fit" else form.fitness,
        **_split("unfit_because", form.unfit_because),
    }
    questions, facts = _asked_rows(case.facts)
    rows: dict[str, tuple[Mapping[str, Any], ...]] = {
        "questions": questions,
        "case": (_filled(header),),
        "documents": tuple(_filled(entry.model_dump()) for entry in form.documents),
        "sources": tuple(_source_row(source) for source in case.sources),
        "facts": tuple(map(_fact_row, facts)),
    }
    return [SheetRows(layout, rows[layout.key]) for layout in layouts("case")]


def _asked_rows(facts: Sequence[Fact]) -> tuple[tuple[Mapping[str, Any], ...], tuple[Fact, ...]]:
    """The rows of the six questions with the facts that answer them, and the facts that answer none."""
    rows, answers = list[Mapping[str, Any]](), set[str]()
    for given in _layout("questions").given:
        found = [fact for fact in facts if fact.subject == "company" and fact.name == given.get("name")]
        answers |= {fact.id for fact in found}
        unasked = ("subject", "unit")
        said = [{key: value for key, value in _fact_row(fact).items() if key not in unasked} for fact in found]
        rows += [{**row, **given} for row in said or [{}]]
    return tuple(rows), tuple(fact for fact in facts if fact.id not in answers)


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    said = {part: words for key, value in row.items() for part, words in _split(key, value).items()}
    return {key: value for key, value in said.items() if value not in (None, "")}


def _split(key: str, value: Any) -> dict[str, Any]:
    """Words in both languages as the cells of two columns."""
    if isinstance(value, Bilingual):
        value = value.plain()
    both = isinstance(value, dict) and set(value) == {"en", "zh"}
    return {key: value["en"], f"{key}_zh": value["zh"]} if both else {key: value}


def _source_row(source: Source) -> dict[str, Any]:
    row = {**source.content(), "date": source.date, "mirror": source.mirror or None}
    return _filled(row)


def _fact_row(fact: Fact) -> dict[str, Any]:
    row = {**fact.content(), "value": fact.value, "known_on": fact.known_on}
    if isinstance(fact.value, tuple):
        row["value"] = None
        row["low"], row["high"] = fact.value
    return _filled(row)


# -- from a workbook -------------------------------------------------------------------------------------------


def case_draft(book: Book, folder: Path) -> CaseDraft:
    """The case that a workbook describes, with everything that is wrong with it.

    Args:
        book: The workbook.
        folder: Where it lies; its documents lie in a folder ``documents`` beside it.
    """
    problems: list[Problem] = []
    facts = _facts_document(book, problems)
    file = read_fact_document(facts)
    sources, source_problems = collect_sources([file])
    defined = DefinedSources.of([file])
    _, fact_problems = collect_facts([file], sources, defined)
    problems += [*file.problems, *source_problems, *fact_problems]
    header = _header_document(book)
    try:
        form = validate(CaseFormat, header, industry_hint)
    except InvalidInput as error:
        problems += [_at_field(book, problem) for problem in error.problems]
    else:
        if (unknown := unknown_industry(form.industry)) is not None:
            problems.append(header.problem(("industry",), *unknown, severity="warning"))
        if (unnamed := unnamed_industry(form.industry, form.industry_name)) is not None:
            problems.append(header.problem(("industry",), *unnamed))
        for index, entry in enumerate(form.documents):
            if entry.source is not None and entry.source not in defined:
                problems.append(header.problem((_DOCUMENTS, index, "source"), *defined.unknown(entry.source)))
            if not _is_inside(folder / _DOCUMENTS / entry.file, folder / _DOCUMENTS):
                cause = Message.of("evidence.workbook.document_missing", file=entry.file)
                fix = Message.of("evidence.workbook.document_missing.mend")
                problems.append(header.problem((_DOCUMENTS, index, "file"), cause, fix))
    units = {
        str(fact.get("id")): facts.places[place]
        for n, fact in enumerate(facts.data["facts"])
        if (place := ("facts", n, "unit")) in facts.places
    }
    return CaseDraft(header.data, facts.data, defined, units, problems)


def write_case(
    target: Path,
    draft: CaseDraft,
    sheets: Mapping[str, Mapping[str, Any]],
    documents: Path | None = None,
    origin: str = "",
    check: Callable[[Path], None] | None = None,
) -> Path:
    """Make the folder of a case; nothing is overwritten, and nothing is left behind when it fails.

    Args:
        target: The folder to make.
        draft: The case, without problems.
        sheets: Term sheets: file name without ending to content.
        documents: Folder that holds the documents of the case.
        origin: From which cells the term sheets came, to be kept beside them.
        check: Looks at the folder before it takes its place, and raises where something is wrong with it.

    Raises:
        InvalidInput: The folder is there already or cannot be written; or what ``check`` raises.
    """
    if target.exists():
        cause = Message.of("evidence.new.exists", folder=str(target))
        raise InvalidInput(Problem(cause, Place(""), Message.of("evidence.new.exists.mend")))
    files = {"case.yaml": yaml_text(draft.header), "facts/facts.yaml": yaml_text(draft.facts)}
    files |= {f"terms/{name}.yaml": yaml_text(data) for name, data in sheets.items()}
    files |= {ORIGIN: origin} if origin else {}
    with making_case(target, files) as made:
        for entry in draft.header.get(_DOCUMENTS, ()) if documents is not None else ():
            (made / _DOCUMENTS / entry["file"]).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(documents / entry["file"], made / _DOCUMENTS / entry["file"])
        for path in _data_room_files(documents):
            (made / _DOCUMENTS).mkdir(exist_ok=True)
            shutil.copyfile(path, made / _DOCUMENTS / path.name)
        if check is not None:
            check(made)
    return target


def _data_room_files(documents: Path | None) -> list[Path]:
    """The list of the data room beside a workbook, and the documents that it names."""
    if documents is None or not (documents / INDEX).is_file():
        return []
    return [documents / INDEX, *(documents / entry.file for entry in read_index(documents.parent))]


def _header_document(book: Book) -> YamlDocument:
    row = next(iter(book.sheet("case")), SheetRow({}, {"": Place(book.name)}))
    draft = PlacedDraft(book.name)
    data: dict[str, Any] = {"format": 1}
    joined = joined_words(row, _in_both("case"))
    for key, cell in row.cells.items():
        path = tuple(key.split("."))
        draft.places[path] = cell.place
        if key.removesuffix("_zh") in joined:
            data[key.removesuffix("_zh")] = joined[key.removesuffix("_zh")]
            continue
        inside = data.setdefault(path[0], {}) if len(path) > 1 else data
        inside[path[-1]] = cell.value
    documents = book.sheet(_DOCUMENTS)
    for index, entry in enumerate(documents):
        _put(draft, (_DOCUMENTS, index), entry)
    if documents:
        data[_DOCUMENTS] = [_values(entry, _DOCUMENTS) for entry in documents]
    return draft.document(data, row.place())


def _at_field(book: Book, problem: Problem) -> Problem:
    """A missing field of the case is reported at the cell where it would stand."""
    missing = dict(problem.cause.params).get("field") if problem.cause.id.endswith(".missing_field") else None
    if missing is None or not (rows := book.sheet("case")):
        return problem
    key = problem.place.field
    # a missing company or region misses its id first
    place = rows[0].places.get(key) or rows[0].places.get(f"{key}.id")
    return problem if place is None else Problem(problem.cause, place, problem.fix, problem.severity)


def _facts_document(book: Book, problems: list[Problem]) -> YamlDocument:
    draft = PlacedDraft(book.name)
    sources: dict[str, Any] = {}
    for row in book.sheet("sources"):
        id = row.get("id")
        if id is None:
            cause, fix = missing_field("id")
            problems.append(Problem(cause, row.place("id"), fix))
        elif id in sources:
            cause = Message.of("evidence.source.duplicate", id=id, place=str(draft.places["sources", id]))
            problems.append(Problem(cause, row.place("id"), Message.of("evidence.source.duplicate.mend"), excerpt=id))
        else:
            sources[id] = {key: value for key, value in _values(row, "sources").items() if key != "id"}
            _put(draft, ("sources", id), row)
    facts: list[dict[str, Any]] = []
    for sheet in ("questions", "facts"):
        for row in book.sheet(sheet):
            if sheet == "questions" and row.get("value") is None:
                continue
            path: DataPath = ("facts", len(facts))
            _put(draft, path, row)
            facts.append(_fact_data(row, path, draft, problems, sheet))
    return draft.document({"sources": sources, "facts": facts}, Place(book.name))


def _fact_data(
    row: SheetRow, path: DataPath, draft: PlacedDraft, problems: list[Problem], sheet: str
) -> dict[str, Any]:
    data = _values(row, sheet)
    if sheet == "questions":
        data = _answer_data(data)
    bounds = {key: data.pop(key) for key in ("low", "high") if key in data}
    if bounds and "value" in data:
        place = row.place("value")
        fix = Message.of("evidence.workbook.value_or_interval.mend")
        problems.append(Problem(Message.of("evidence.workbook.value_or_interval"), place, fix))
    elif bounds:
        data["value"] = bounds
        for key in bounds:
            draft.places[(*path, "value", key)] = row.place(key)
    _convert(data, row, problems)
    kind = UNITS.get(str(data.get("unit")))
    if kind is UnitKind.FLAG and (flag := as_flag(data.get("value"))) is not None:
        data["value"] = flag
    return data


def _answer_data(data: Mapping[str, Any]) -> dict[str, Any]:
    """An answer as the fact that it is; who gives no id or period means the question and the day."""
    given = {key: value for key, value in data.items() if key != "asks"}
    return {"id": str(data.get("name", "")).replace("_", "-"), "unit": "flag", "period": data.get("known_on")} | given


def _convert(data: dict[str, Any], row: SheetRow, problems: list[Problem]) -> None:
    """Take a unit as people write it for the one that facts take, and say by what the value was multiplied."""
    unit = str(data.get("unit"))
    written = None if unit in UNITS else written_unit(unit, data.get("name"))
    if written is None:
        return
    data["unit"] = written.unit
    value = data.get("value")
    if isinstance(value, dict):
        data["value"] = {key: _scaled(bound, written) for key, bound in value.items()}
    else:
        data["value"] = _scaled(value, written)
    if written.power == 0:  # the same unit in other letters
        return
    problems.append(Problem(describe_unit(unit, written), row.place("unit"), severity="warning", excerpt=unit))


def _scaled(value: Any, unit: WrittenUnit) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return unit.converted(value) if is_number else value


def _values(row: SheetRow, sheet: str) -> dict[str, Any]:
    both = _in_both(sheet)
    said = joined_words(row, both)
    chinese = {f"{key}_zh" for key in both}
    return {key: cell.value for key, cell in row.cells.items() if key not in chinese} | said


def _in_both(sheet: str) -> tuple[str, ...]:
    return _layout(sheet).in_both


def _layout(sheet: str) -> SheetLayout:
    return next(layout for layout in layouts("case") if layout.key == sheet)


def joined_words(row: SheetRow, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The words of a row that stand in two languages, or in Chinese only, as a file holds them."""
    found = {}
    for key in keys:
        if row.get(f"{key}_zh") is not None:
            parts = {"en": row.get(key), "zh": row.get(f"{key}_zh")}
            found[key] = {lang: words for lang, words in parts.items() if words is not None}
    return found


def _put(draft: PlacedDraft, path: DataPath, row: SheetRow) -> None:
    draft.places[path] = row.place()
    draft.places.update({(*path, key): place for key, place in row.places.items()})


def _is_inside(path: Path, folder: Path) -> bool:
    return path.is_file() and stays_in(path, folder.parent, folder.name)
