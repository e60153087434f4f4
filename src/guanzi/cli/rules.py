"""Public rules: the packs as lists, somebody's own packs checked, and a deal judged by them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, format_problems, nearest, render, wrap
from guanzi.base.reading import YamlDocument, read_yaml
from guanzi.cli.speech import say
from guanzi.deal import compliance
from guanzi.deal.lint import Diagnostic
from guanzi.deal.rows import sheet_documents
from guanzi.deal.terms import TermSheet, observables, parse_sheet, read_sheet
from guanzi.intake.workbook import layouts, read_book
from guanzi.record.evidence import View, find_case, load_case

WIDTH = 100
SHOWN = 5
"""Open questions that are printed unless all are asked for; all of them are in the JSON."""
NAMED = 3
"""Rules that are named beside a question."""


@dataclass(frozen=True)
class Court:
    """By what deals are judged.

    Attributes:
        named: Packs that are asked beside those that follow from the country of the region.
        folder: Packs of your own.
        answers: File with answers to questions that the sheet leaves open.
        today: Day whose law the notes speak of; None: no notes (``lint``), or the day of the packs (``rules judge``).
        country: Of the deal (ISO 3166), where no case says it.
    """

    named: tuple[str, ...] = ()
    folder: Path | None = None
    answers: Path | None = None
    today: date | None = None
    country: str = ""

    @cached_property
    def packs(self) -> compliance.Packs:
        """The shipped packs and those of the folder; refused when a pack that was named is not among them."""
        packs = compliance.packs_with(self.folder)
        _known(self.named, packs)
        return packs

    @property
    def made_on(self) -> date:
        """Day on which the state of the law was last looked up."""
        return max(pack.form.made_on for pack in self.packs.packs)

    def judge(self, sheet: TermSheet, view: View | None, today: date | None = None) -> compliance.Judgement:
        """Judge a sheet, with what the view of its case holds, if there is one."""
        return compliance.judge(sheet, self.packs, self.deal(sheet, view), self.named, today)

    def deal(self, sheet: TermSheet, view: View | None) -> compliance.Deal:
        """What is known of a deal beside its sheet: country, industry, answers."""
        found = compliance.answers_of_view(view, self.packs, sheet) if view else {}
        if self.answers is not None:
            found |= compliance.read_answers(read_yaml(self.answers), self.packs)
        country = self.country or (view.region.country if view else "")
        return compliance.Deal(country, view.industry if view else "", found)

    def diagnostics(self, sheet: TermSheet, view: View | None) -> tuple[tuple[Diagnostic, ...], int]:
        """For the linter: what the deal breaks, and how many rules could not be judged.

        A bare sheet of which no country is known is judged only by packs that are named.
        """
        if view is None and not (self.named or self.country):
            return (), 0
        judgement = self.judge(sheet, view, self.today)
        open_rules = len(judgement.of(compliance.State.OPEN))
        return compliance.diagnostics(judgement, self.packs, sheet), open_rules


def _known(names: Iterable[str], packs: compliance.Packs) -> None:
    ids = [pack.id for pack in packs.packs]
    for name in names:
        if name not in ids:
            close = nearest(name, ids)
            mend = Message.of("cli.rules.no_pack.mend", packs=(close,) if close else tuple(ids))
            raise InvalidInput(Problem(Message.of("cli.rules.no_pack", name=name), Place("--pack"), mend, excerpt=name))


# -- reading the packs -------------------------------------------------------------------------------------------


def list_rules(named: tuple[str, ...], folder: Path | None, lang: str, *, as_json: bool) -> None:
    """Print the rules of all packs, or of those that are named."""
    packs = compliance.packs_with(folder)
    _known(named, packs)
    rows = [(pack, rule) for pack, rule in packs.rules if not named or pack.id in named]
    if as_json:
        _dump([_rule_data(pack, rule) for pack, rule in rows])
        return
    shown = ""
    for pack, rule in rows:
        if pack.id != shown:
            shown = pack.id
            count = len(pack.form.rules)
            print(say("cli.rules.pack", lang, pack=pack.id, title=pack.form.title.parameter, n=count))
        level = Message.of(f"core.problem.{rule.severity}")
        print(_row(rule.id, say("cli.rules.row", lang, title=rule.title.parameter, level=level), WIDTH))


def show_rule(id: str, folder: Path | None, lang: str, *, as_json: bool) -> None:
    """Print one rule."""
    packs = compliance.packs_with(folder)
    found = packs.rule(id.upper())
    if found is None:
        ids = [rule.id for _, rule in packs.rules]
        mend = Message.of("cli.rules.no_rule.mend", id=nearest(id.upper(), ids) or ids[0])
        raise InvalidInput(Problem(Message.of("cli.rules.no_rule", id=id), Place(""), mend, excerpt=id))
    pack, rule = found
    if as_json:
        _dump(_rule_data(pack, rule))
        return
    kind = Message.of(f"cli.rules.kind.{rule.kind}")
    level = Message.of(f"core.problem.{rule.severity}")
    print("\n".join(wrap(say("cli.rules.title", lang, id=rule.id, title=rule.title.parameter), WIDTH)))
    for message in (
        Message.of("cli.rules.what", kind=kind, level=level, binds=Message.of(f"cli.rules.binds.{rule.binds}")),
        Message.of("cli.rules.text", text=rule.text.parameter),
        Message.of("cli.rules.law", law=compliance.law(rule, pack.form)),
        *_read_in(pack, rule),
        *_tests(rule),
        *_words(pack, rule, packs),
        Message.of("cli.rules.mend", mend=compliance.mend(rule)),
    ):
        print("\n".join(wrap(render(message, lang), WIDTH, indent="  ")))


def _tests(rule: compliance.PackRule) -> Iterable[Message]:
    applies = rule.applies
    if applies.instruments:
        yield Message.of("cli.rules.instruments", names=applies.instruments)
    if applies.industries:
        yield Message.of("cli.rules.industries", names=applies.industries)
    if applies.when:
        yield Message.of("cli.rules.when", text=applies.when)
    if rule.violated:
        yield Message.of("cli.rules.violated", text=" ".join(rule.violated.split()))


def _read_in(pack: compliance.Pack, rule: compliance.PackRule) -> Iterable[Message]:
    if place := pack.form.sources[rule.source].read_in:
        yield Message.of("cli.rules.read_in", place=place)


def _words(pack: compliance.Pack, rule: compliance.PackRule, packs: compliance.Packs) -> Iterable[Message]:
    """What the words of the conditions measure or ask."""
    test = pack.tests[rule.id]
    names = [name for tree in (test.applies, test.violated) if tree is not None for name in observables(tree)]
    for name in dict.fromkeys(names):
        measured = compliance.QUANTITIES.get(name)
        meaning = measured.meaning if measured else compliance.question(name, packs.questions)
        yield Message.of("cli.rules.word", name=name, meaning=meaning)


def check_packs(path: Path, lang: str) -> bool:
    """Print everything that is wrong with packs of your own.

    Returns:
        True when there is nothing.
    """
    documents = compliance.pack_documents(path)
    try:
        packs = compliance.read_packs(documents, compliance.beside(documents))
    except InvalidInput as error:
        print(format_problems(error.problems, lang))
        print(say("cli.rules.wrong", lang, path=str(path), n=len(error.problems)))
        return False
    judged = sum(rule.judged for _, rule in packs.rules)
    print(say("cli.rules.fine", lang, packs=len(packs.packs), rules=len(packs.rules), judged=judged))
    return True


# -- judging a deal ----------------------------------------------------------------------------------------------


def newest_in_book(path: Path, text: str, as_of: date | None) -> YamlDocument:
    """The newest term sheet of a workbook that was held on a day; its places are cells."""
    book = read_book(path, (*layouts("case"), *layouts("terms")), text)
    documents, problems = sheet_documents(book)
    for document in documents.values():
        problems += read_sheet(document).problems
    wrong = [problem for problem in book.in_order(problems) if problem.severity == "error"]
    if wrong:
        raise InvalidInput(wrong)
    days = {name: document.data["known_on"] for name, document in documents.items()}
    held = [name for name, day in days.items() if as_of is None or day <= as_of]
    if not held:
        cause = Message.of("cli.lint.no_sheet_in_book", file=text)
        raise InvalidInput(Problem(cause, Place(text), Message.of("cli.lint.no_sheet_in_book.mend")))
    return documents[max(held, key=lambda name: (days[name], name))]


def read_deal(text: str, as_of: date | None) -> tuple[TermSheet, View | None]:
    """A term sheet from a file, or the newest one of a case with its view; a file within a case has its view, too."""
    path = Path(text)
    if path.is_file() and path.suffix.lower() == ".xlsx":
        return parse_sheet(newest_in_book(path, text, as_of)), None
    if path.is_file():
        sheet = parse_sheet(read_yaml(path, text))
        around = path.resolve().parent.parent
        if path.resolve().parent.name != "terms" or not (around / "case.yaml").is_file():
            return sheet, None
        held = load_case(around)
        return sheet, held.view(as_of or max(held.decision_date, sheet.known_on))
    case = load_case(find_case(text))
    view = case.view(as_of or case.decision_date)
    if view.sheet is None:
        cause = Message.of("cli.explain.no_sheet", case=text, day=view.as_of.isoformat())
        raise InvalidInput(Problem(cause, Place(str(case.folder / "terms")), Message.of("cli.explain.no_sheet.mend")))
    try:
        return parse_sheet(view.sheet.document), view
    except InvalidInput as error:
        raise InvalidInput(case.located(error.problems)) from error


def show_judgement(
    text: str, as_of: date | None, court: Court, lang: str, *, as_json: bool, all_questions: bool = False
) -> None:
    """Print what the law says of a deal, and the few questions whose answers would change that most."""
    sheet, view = read_deal(text, as_of)
    today = court.today or as_of or court.made_on
    judgement = court.judge(sheet, view, today)
    asked = compliance.questions_to_ask(judgement, sheet, court.packs, court.deal(sheet, view), court.named)
    if as_json:
        _dump(_judgement_data(judgement, asked, court.packs, text, lang))
        return
    _print_head(judgement, text, lang)
    if not court.deal(sheet, view).country:
        print("\n".join(wrap(say("cli.rules.no_country", lang), WIDTH, indent="  ", first="")))
    if max(judgement.signed, today) > court.made_on:
        print(
            "\n".join(
                wrap(say("cli.rules.stale", lang, made_on=court.made_on.isoformat()), WIDTH, indent="  ", first="")
            )
        )
    _print_found(judgement, court.packs, lang)
    _print_open(judgement, asked, court.packs, lang, whole=all_questions)
    kept = tuple(verdict.rule.id for verdict in judgement.of(compliance.State.SATISFIED))
    if kept:
        print("\n".join(wrap(say("cli.rules.kept", lang, n=len(kept), ids=kept), WIDTH, indent="  ", first="")))
    _print_notes(judgement, lang)
    for name in judgement.idle:
        print(say("cli.rules.idle", lang, name=name))
    for name in judgement.contradicted:
        print(say("cli.rules.contradicted", lang, name=name))


def _print_head(judgement: compliance.Judgement, text: str, lang: str) -> None:
    looked = {verdict.pack for verdict in (*judgement.verdicts, *judgement.notes)}
    packs = tuple(pack for pack in judgement.packs if pack in looked)
    head = say("cli.rules.head", lang, name=text, signed=judgement.signed.isoformat(), packs=packs)
    print("\n".join(wrap(head, WIDTH, indent="  ", first="")))


def _print_found(judgement: compliance.Judgement, packs: compliance.Packs, lang: str) -> None:
    broken = judgement.of(compliance.State.VIOLATED)
    print(say("cli.rules.broken" if broken else "cli.rules.nothing_broken", lang, n=len(broken)))
    for verdict in broken:
        level = render(Message.of(f"core.problem.{verdict.severity}"), lang)
        print(_row(f"{verdict.rule.id} ({level})", render(compliance.finding(verdict), lang), WIDTH))
        lines = [compliance.law(verdict.rule, _form(packs, verdict))]
        if verdict.clauses:
            places = tuple(f"{clause} ({place})" for clause, place in verdict.clauses)
            lines.append(Message.of("cli.rules.clauses", clauses=places))
        lines.append(Message.of("cli.rules.mend", mend=compliance.mend(verdict.rule)))
        for line in lines:
            print("\n".join(wrap(render(line, lang), WIDTH, indent="      ")))
    watched = judgement.of(compliance.State.WATCH)
    if watched:
        print(say("cli.rules.watched", lang, n=len(watched)))
    for verdict in watched:
        print(_row(verdict.rule.id, render(compliance.finding(verdict), lang), WIDTH))


def _print_open(
    judgement: compliance.Judgement,
    asked: Sequence[compliance.Asked],
    packs: compliance.Packs,
    lang: str,
    *,
    whole: bool,
) -> None:
    """The questions whose answers alone would decide most; all of them where they are asked for."""
    waiting = judgement.of(compliance.State.OPEN)
    if not waiting:
        return
    matter = [question for question in asked if question.matters] or list(asked)
    shown = list(asked) if whole else matter[:SHOWN]
    print(say("cli.rules.open", lang, n=len(waiting), questions=len(shown)))
    for question in shown:
        ids = question.touches
        some = "question" if len(ids) <= NAMED else "question_of_many"
        words = compliance.question(question.name, packs.questions)
        told = say(f"cli.rules.{some}", lang, question=words, ids=ids[:NAMED], n=len(ids))
        print(_row(question.name, told, WIDTH))
    if len(asked) > len(shown):
        left = say("cli.rules.more", lang, n=len(asked) - len(shown), matter=max(len(matter) - len(shown), 0))
        print("\n".join(wrap(left, WIDTH, indent="  ")))


def _print_notes(judgement: compliance.Judgement, lang: str) -> None:
    if judgement.today is None or not judgement.notes:
        return
    print(say("cli.rules.today", lang, today=judgement.today.isoformat(), n=len(judgement.notes)))
    told = (compliance.State.VIOLATED, compliance.State.WATCH)
    ended = [note for note in judgement.notes if note.time is compliance.Time.ENDED]
    for verdict in (*ended, *(n for n in judgement.notes if n not in ended and n.state in told)):
        print(_row(verdict.rule.id, render(compliance.finding(verdict), lang), WIDTH))
    for state in (compliance.State.OPEN, compliance.State.SATISFIED):
        ids = tuple(note.rule.id for note in judgement.notes if note not in ended and note.state is state)
        if ids:
            print(
                "\n".join(
                    wrap(say(f"cli.rules.later.{state}", lang, n=len(ids), ids=ids), WIDTH, indent="      ", first="  ")
                )
            )


def _form(packs: compliance.Packs, verdict: compliance.Verdict) -> compliance.PackFormat:
    return next(pack.form for pack in packs.packs if pack.id == verdict.pack)


def _row(name: str, text: str, width: int) -> str:
    return "\n".join(wrap(f"{name}: {text}", width, indent="      ", first="  "))


# -- data --------------------------------------------------------------------------------------------------------


def _rule_data(pack: compliance.Pack, rule: compliance.PackRule) -> dict[str, Any]:
    source = pack.form.sources[rule.source]
    data: dict[str, Any] = rule.model_dump(mode="json", exclude_none=True)
    return {"pack": pack.id, **data, "source": source.model_dump(mode="json", exclude_none=True)}


def _verdict_data(verdict: compliance.Verdict, lang: str) -> dict[str, Any]:
    return {
        "rule": verdict.rule.id,
        "pack": verdict.pack,
        "state": verdict.state.value,
        "time": verdict.time.value,
        "level": verdict.severity,
        "at_stake": verdict.at_stake,
        "text": render(compliance.finding(verdict), lang),
        "questions": list(verdict.questions),
        "clauses": [{"clause": clause, "file": place.file, "line": place.line} for clause, place in verdict.clauses],
    }


def _judgement_data(
    judgement: compliance.Judgement,
    asked: Sequence[compliance.Asked],
    packs: compliance.Packs,
    name: str,
    lang: str,
) -> Mapping[str, Any]:
    return {
        "name": name,
        "signed": judgement.signed.isoformat(),
        "today": judgement.today.isoformat() if judgement.today else None,
        "packs": list(judgement.packs),
        "made_on": {p.id: p.form.made_on.isoformat() for p in packs.packs if p.id in judgement.packs},
        "verdicts": [_verdict_data(verdict, lang) for verdict in judgement.verdicts],
        "notes": [_verdict_data(verdict, lang) for verdict in judgement.notes],
        "questions": [
            {
                "name": question.name,
                "text": render(compliance.question(question.name, packs.questions), lang),
                "rules": list(question.touches),
                "breaks": list(question.breaks),
                "clears": list(question.clears),
                "matters": question.matters,
            }
            for question in asked
        ],
        "idle": list(judgement.idle),
        "contradicted": list(judgement.contradicted),
    }


def _dump(data: Any) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write("\n")
