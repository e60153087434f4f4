"""Asking experts: the form of a round, reading filled-in forms, and what comes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from guanzi.base.core import InvalidInput, Message, Place, Problem, reason_of, suggest_slug
from guanzi.base.reading import TextFile, parse_yaml, read_yaml
from guanzi.intake.questionnaire import (
    Filled,
    FormFeedback,
    add_forms,
    elicitation_text,
    panel_of_form,
    read_form,
    store_elicitation,
    write_form,
)
from guanzi.jobs.experts.declared import FormRequest, FormsRequest
from guanzi.record.evidence import Elicitation, find_case, load_case, parse_elicitation, read_elicitation
from guanzi.study.experts import Assessed, Dispersion, Elicited, Performance, RoundChange, elicit, feedback

if TYPE_CHECKING:
    from guanzi.render import Document

ENDING = ".xlsx"
MOST_FILES = 300


Request = FormsRequest


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """A form that was written: its round, what it asks, from which file, and whether that was made as an example."""

    round: int
    asked: Elicitation
    source: Path
    example: bool


@dataclass(frozen=True, slots=True)
class Result:
    """The panel, what comes of it, and where it is kept (None: nowhere)."""

    panel: Elicitation
    elicited: Elicited
    stored: Path | None


def begin_form(request: FormRequest) -> WrittenForm:
    """Write the form of a round.

    Raises:
        InvalidInput: The file of questions has errors, a form cannot be read, or the target is taken or no workbook.
    """
    target, questions, after = request.target, request.questions, request.after
    if target.suffix.lower() != ENDING:
        cause = Message.of("desk.workbook.ending", file=str(target), ending=ENDING)
        raise InvalidInput(Problem(cause, Place(""), Message.of("desk.workbook.ending.mend", ending=ENDING)))
    source = questions or (_found(_forms(after)) if after else target.with_suffix(".yaml"))
    example = not source.exists() and questions is None
    if example:
        if target.exists():
            raise InvalidInput(Problem(Message.of("evidence.new.exists", folder=str(target)), Place("")))
        _write_example(source)
    asked = read_elicitation(source)
    round, before = 1, tuple[FormFeedback, ...]()
    if after:
        done = _with_forms(asked, _forms(after), names=False)
        round, before = len(done.form.rounds) + 1, feedback(done)
    write_form(target, asked.form, round, before)
    return WrittenForm(round, asked, source, example)


def read_answers(request: Request) -> Result:
    """Read filled-in forms (or the file of a panel), and store the panel in a case if one is named.

    Raises:
        InvalidInput: Everything that is wrong with any of them, or the case has no use for the panel.
    """
    paths = request.paths
    if [path.suffix for path in paths] == [".yaml"]:
        panel = read_elicitation(paths[0])
        if not panel.form.rounds:
            raise InvalidInput(Problem(Message.of("desk.experts.read.no_answers"), Place(str(paths[0]))))
    else:
        forms = _forms(paths)
        panel = _with_forms(read_elicitation(request.questions or _found(forms)), forms, names=request.names)
    return Result(panel, elicit(panel), None if request.case is None else _store(request.case, panel))


def _store(name: str, panel: Elicitation) -> Path:
    """Keep the panel in a case whose company model can use it; a shipped case is never changed."""
    from guanzi.advice.calibration import judgement_problems

    folder = find_case(name)
    if folder.resolve().is_relative_to(Path(str(files("guanzi"))).resolve()):
        cause, fix = Message.of("desk.experts.read.shipped"), Message.of("desk.experts.read.shipped.mend", case=name)
        raise InvalidInput(Problem(cause, Place("--case"), fix, excerpt=name))
    unfit = judgement_problems((panel,), load_case(folder).model)
    if unfit:
        raise InvalidInput(unfit)
    return store_elicitation(folder, panel.form)


def _forms(paths: Sequence[Path]) -> list[Path]:
    """Forms and all forms of folders, in the order given; a file that a spreadsheet program keeps open is left out."""
    found: list[Path] = []
    for path in paths:
        inside = [p for p in sorted(path.glob(f"*{ENDING}")) if not p.name.startswith(("~$", "."))]
        if path.is_dir() and not inside:
            raise InvalidInput(Problem(Message.of("desk.experts.read.empty_folder"), Place(str(path))))
        found += inside if path.is_dir() else [path]
    if len(found) > MOST_FILES:
        raise InvalidInput(Problem(Message.of("desk.experts.read.too_many", most=MOST_FILES), Place("")))
    return list(dict.fromkeys(found))


def _found(forms: Sequence[Path]) -> Path:
    """The file of questions of the forms, in their folder, the one above it, or the present one."""
    panel = panel_of_form(forms[0])
    for path in _near(forms[0]):
        try:
            data = read_yaml(path).data
        except InvalidInput:
            continue  # some other file
        if isinstance(data, dict) and data.get("panel") == panel and "questions" in data:
            return path
    cause = Message.of("desk.experts.read.no_questions", panel=panel)
    raise InvalidInput(Problem(cause, Place(str(forms[0])), Message.of("desk.experts.read.no_questions.mend")))


def _near(form: Path) -> Iterator[Path]:
    folder = form.resolve().parent
    for place in dict.fromkeys((folder, folder.parent, Path.cwd())):
        yield from sorted(place.glob("*.yaml"))[:MOST_FILES]


def _with_forms(asked: Elicitation, paths: Sequence[Path], *, names: bool) -> Elicitation:
    """The panel with the answers of all forms; everything that is wrong with any of them is said at once."""
    filled: list[Filled] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            filled.append(read_form(path, asked.form))
        except InvalidInput as error:
            problems.extend(error.problems)
    if problems:
        raise InvalidInput(problems)
    form = add_forms(asked.form, filled, names=names)
    text = elicitation_text(form)
    return parse_elicitation(parse_yaml(TextFile(f"{form.panel}.yaml", text, tuple(text.split("\n")))))


def _write_example(target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        text = (files("guanzi") / "library" / "experts" / "example.yaml").read_text(encoding="utf-8")
        target.write_text(text.replace("panel: example-panel", f"panel: {_slug(target.stem)}"), encoding="utf-8")
    except OSError as error:
        raise InvalidInput(
            Problem(Message.of("evidence.new.failed", reason=reason_of(error)), Place(str(target)))
        ) from error


def _slug(name: str) -> str:
    return suggest_slug(name) or "example-panel"


def document_of(found: Result) -> Document:
    """What comes of a panel, as a document."""
    from guanzi.jobs.experts.documents.experts import experts_document  # loads late: charts need a large library

    return experts_document(found.panel, found.elicited)


def data(found: Result) -> dict[str, Any]:
    """The panel as plain data: experts, scores, and what is pooled of each question."""
    form, result = found.panel.form, found.elicited
    return {
        "panel": form.panel,
        "title": form.title,
        "rounds": [{"round": r.round, "known_on": r.known_on.isoformat()} for r in form.rounds],
        "quantiles": list(form.quantiles),
        "weighting": result.weighting,
        "seeds": result.seeds,
        "experts": [
            {
                "id": e.id,
                **({"name": e.name} if e.name else {}),
                "weight": e.weight,
                **_performance(e.performance),
                "answered": e.answered,
            }
            for e in result.experts
        ],
        "left": list(result.left),
        "equal": [_performance(p) for p in result.equal],
        "weighted": None if result.weighted is None else _performance(result.weighted),
        "questions": [_question(assessed, form.quantiles) for assessed in result.questions],
        "stored": None if found.stored is None else str(found.stored),
    }


def _performance(found: Performance | None) -> dict[str, float | None]:
    if found is None:
        return {"calibration": None, "information": None, "score": None}
    return {"calibration": found.calibration, "information": found.information, "score": found.score}


def _question(assessed: Assessed, quantiles: Sequence[float]) -> dict[str, Any]:
    levels = np.array(quantiles)
    question, said = assessed.question, assessed.assessments
    own = np.exp(said.quantiles) if said.log else said.quantiles
    return {
        "id": question.id,
        "text": question.text,
        "unit": question.unit,
        "parameter": question.parameter,
        "seed": None if question.seed is None else question.seed.value,
        "answers": {e: [round(float(v), 12) for v in own[i]] for i, e in enumerate(assessed.experts)},
        "weights": dict(zip(assessed.experts, assessed.weights, strict=True)),
        "pool": assessed.weighted.quantile(levels).tolist(),
        "equal": assessed.equal.quantile(levels).tolist(),
        "averaged": assessed.averaged.quantile(levels).tolist(),
        "distribution": {
            "scale": question.scale,
            "levels": assessed.weighted.levels.tolist(),
            "values": assessed.weighted.values.tolist(),
        },
        "dispersion": _dispersion(assessed.dispersion),
        "changes": [_change(change) for change in assessed.changes],
    }


def _dispersion(found: Dispersion | None) -> dict[str, float] | None:
    if found is None:
        return None
    return {"between": found.between, "overlap": found.overlap, "apart": found.apart, "pairs": found.pairs}


def _change(found: RoundChange) -> dict[str, Any]:
    return {
        "experts": found.experts,
        "moved": found.moved,
        "shift": found.shift,
        "width": found.width,
        "before": _dispersion(found.before),
        "after": _dispersion(found.after),
    }
