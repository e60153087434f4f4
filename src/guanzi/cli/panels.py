"""Asking experts: the form of a round, reading filled-in forms, and what comes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from rich.text import Text

from guanzi.base.core import InvalidInput, Message, Place, Problem, dump_json, reason_of, suggest_slug, wrap
from guanzi.base.reading import TextFile, parse_yaml, read_yaml
from guanzi.cli.speech import say
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
from guanzi.record.evidence import Elicitation, find_case, load_case, parse_elicitation, read_elicitation
from guanzi.study.experts import Assessed, Change, Dispersion, Elicited, Performance, elicit, feedback

WIDTH = 100
ENDING = ".xlsx"
MOST_FILES = 300


def new_form(target: Path, questions: Path | None, after: Sequence[Path], lang: str) -> None:
    """Write the form of a round.

    Args:
        target: Where to; ends with ``.xlsx``.
        questions: What is asked; None: the file of the same name beside the form, which is made as an example if it is
            not there.
        after: Filled-in forms of the rounds before; then the form carries their answers, without names.
        lang: Language of the sentences.
    """
    if target.suffix.lower() != ENDING:
        cause = Message.of("cli.workbook.ending", file=str(target))
        raise InvalidInput(Problem(cause, Place(""), Message.of("cli.workbook.ending.mend")))
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
    if example:
        _tell("cli.experts.new.example", lang, file=str(source))
    _tell("cli.experts.new.form", lang, file=str(target), round=round, questions=len(asked.form.questions))
    if any(question.seed is not None for question in asked.form.questions):
        _tell("cli.experts.new.keep", lang, file=str(source))


def read_forms(
    paths: Sequence[Path], questions: Path | None, case: str | None, names: bool, lang: str, as_json: bool
) -> None:
    """Read filled-in forms (or the file of a panel), print what comes of them, and store it in a case if one is named.

    Args:
        paths: Forms, folders of forms, or the one file of a panel with its answers.
        questions: What was asked; None: looked for beside the forms.
        case: Folder of the case that keeps the panel.
        names: Show and store the names of the experts.
        lang: Language.
        as_json: Print JSON alone.
    """
    if [path.suffix for path in paths] == [".yaml"]:
        panel = read_elicitation(paths[0])
        if not panel.form.rounds:
            raise InvalidInput(Problem(Message.of("cli.experts.read.no_answers"), Place(str(paths[0]))))
    else:
        forms = _forms(paths)
        panel = _with_forms(read_elicitation(questions or _found(forms)), forms, names=names)
    result = elicit(panel)
    stored = _store(case, panel) if case is not None else None
    if as_json:
        data = {**_plain(panel, result), "stored": None if stored is None else str(stored)}
        print(dump_json(data), end="")
        return
    _show(panel, result, lang)
    if stored is not None:
        _tell("cli.experts.read.stored", lang, file=str(stored))


def _store(name: str, panel: Elicitation) -> Path:
    """Keep the panel in a case whose company model can use it; a shipped case is never changed."""
    from guanzi.advice.calibration import judgement_problems

    folder = find_case(name)
    if folder.resolve().is_relative_to(Path(str(files("guanzi"))).resolve()):
        cause, mend = Message.of("cli.experts.read.shipped"), Message.of("cli.experts.read.shipped.mend", case=name)
        raise InvalidInput(Problem(cause, Place("--case"), mend, excerpt=name))
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
            raise InvalidInput(Problem(Message.of("cli.experts.read.empty_folder"), Place(str(path))))
        found += inside if path.is_dir() else [path]
    if len(found) > MOST_FILES:
        raise InvalidInput(Problem(Message.of("cli.experts.read.too_many", most=MOST_FILES), Place("")))
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
    cause = Message.of("cli.experts.read.no_questions", panel=panel)
    raise InvalidInput(Problem(cause, Place(str(forms[0])), Message.of("cli.experts.read.no_questions.mend")))


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


# -- as JSON -------------------------------------------------------------------------------------------------------


def _plain(panel: Elicitation, result: Elicited) -> dict[str, Any]:
    form = panel.form
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
    }


def _performance(found: Performance | None) -> dict[str, float | None]:
    if found is None:
        return {"calibration": None, "information": None, "score": None}
    return {"calibration": found.calibration, "information": found.information, "score": found.score}


def _question(assessed: Assessed, quantiles: Sequence[float]) -> dict[str, Any]:
    levels = np.array(quantiles)
    question, said = assessed.question, assessed.said
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


def _change(found: Change) -> dict[str, Any]:
    return {
        "experts": found.experts,
        "moved": found.moved,
        "shift": found.shift,
        "width": found.width,
        "before": _dispersion(found.before),
        "after": _dispersion(found.after),
    }


# -- in words ------------------------------------------------------------------------------------------------------


def _show(panel: Elicitation, result: Elicited, lang: str) -> None:
    form = panel.form
    title = form.title_zh if lang == "zh" and form.title_zh else form.title
    day = form.rounds[-1].known_on.isoformat()
    _tell("cli.experts.read.title", lang, title=title, experts=len(result.experts), rounds=result.rounds, day=day)
    _tell(f"cli.experts.read.weighting.{result.weighting}", lang, seeds=result.seeds)
    table = _table(("expert", "weight", "calibration", "information", "answered"), lang)
    for expert in result.experts:
        found = expert.performance
        scores = ("–", "–") if found is None else (f"{found.calibration:.3g}", f"{found.information:.2f}")
        table.add_row(Text(expert.name or expert.id), f"{expert.weight:.2f}", *scores, str(expert.answered))
    Console().print(table)
    if result.left:
        _tell("cli.experts.read.left", lang, experts=result.left)
    for number, alike in enumerate(result.equal, start=1):
        said = {"calibration": f"{alike.calibration:.3g}", "information": f"{alike.information:.2f}"}
        _tell("cli.experts.read.equal", lang, round=number, **said)
    if result.weighted is not None:
        best = result.weighted
        said = {"calibration": f"{best.calibration:.3g}", "information": f"{best.information:.2f}"}
        _tell("cli.experts.read.weighted", lang, **said)
    print()
    for assessed in result.questions:
        if assessed.question.seed is None:
            _show_question(assessed, form.quantiles, lang)


def _show_question(assessed: Assessed, quantiles: Sequence[float], lang: str) -> None:
    question = assessed.question
    text = question.text_zh if lang == "zh" and question.text_zh else question.text
    _tell("cli.experts.read.question", lang, text=text, unit=question.unit, experts=len(assessed.experts))
    levels = np.array(quantiles)
    for name, pooled in (("pool", assessed.weighted), ("alike", assessed.equal), ("averaged", assessed.averaged)):
        values = tuple(_number(v) for v in pooled.quantile(levels))
        print("  " + say(f"cli.experts.read.{name}", lang, values="  ".join(values)))
    if assessed.unweighted:
        _tell("cli.experts.read.unweighted", lang, indent="  ")
    if assessed.dispersion is not None:
        _tell_dispersion(assessed.dispersion, lang)
    for number, change in enumerate(assessed.changes, start=2):
        said = {"shift": change.shift, "width": f"{change.width:.2f}", "moved": change.moved, "experts": change.experts}
        _tell("cli.experts.read.change", lang, indent="  ", round=number, **said)
    if question.parameter is not None:
        _tell("cli.experts.read.parameter", lang, indent="  ", parameter=question.parameter)


def _tell_dispersion(found: Dispersion, lang: str) -> None:
    _tell("cli.experts.read.dispersion", lang, indent="  ", between=found.between, overlap=found.overlap)
    if found.apart:
        _tell("cli.experts.read.apart", lang, indent="  ", apart=found.apart, pairs=found.pairs)


def _number(value: float) -> str:
    """Four significant digits, without powers of ten where people count."""
    rounded = float(f"{value:.4g}")
    return f"{rounded:,.0f}" if 1000 <= abs(rounded) < 1e15 else f"{rounded:.4g}"


def _table(columns: Sequence[str], lang: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for i, name in enumerate(columns):
        table.add_column(say(f"cli.experts.read.column.{name}", lang), justify="right" if i else "left")
    return table


def _tell(id: str, lang: str, indent: str = "", **params: Any) -> None:
    print("\n".join(wrap(say(id, lang, **params), WIDTH, indent=indent, first=indent)))
