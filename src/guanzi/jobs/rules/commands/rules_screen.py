"""Public rules on the screen: the packs as lists, somebody's own packs checked, and a deal judged by them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, format_problems, render, wrap
from guanzi.console import say
from guanzi.deal import compliance
from guanzi.deal.terms import observables
from guanzi.jobs.rules import judgement as law
from guanzi.jobs.rules import rules
from guanzi.jobs.shared.show import WIDTH, show_json

SHOWN = 5
"""Open questions that are printed unless all are asked for; all of them are in the JSON."""
NAMED = 3
"""Rules that are named beside a question."""


def show_rules(rows: Sequence[rules.FoundRule], lang: str) -> None:
    """Print rules below the names of their packs."""
    shown = ""
    for pack, rule in ((row.pack, row.rule) for row in rows):
        if pack.id != shown:
            shown = pack.id
            count = len(pack.form.rules)
            print(say("cli.rules.pack", lang, pack=pack.id, title=pack.form.title.parameter, n=count))
        level = Message.of(f"core.problem.{rule.severity}")
        print(_row(rule.id, say("cli.rules.row", lang, title=rule.title.parameter, level=level), WIDTH))


def show_rule(found: rules.FoundRule, lang: str) -> None:
    """Print one rule."""
    pack, rule, packs = found.pack, found.rule, found.packs
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
        Message.of("cli.rules.mend", mend=compliance.fix(rule)),
    ):
        print("\n".join(wrap(render(message, lang), WIDTH, indent="  ")))


def _tests(rule: compliance.Rule) -> Iterable[Message]:
    applies = rule.applies
    if applies.instruments:
        yield Message.of("cli.rules.instruments", names=applies.instruments)
    if applies.industries:
        yield Message.of("cli.rules.industries", names=applies.industries)
    if applies.when:
        yield Message.of("cli.rules.when", text=applies.when)
    if rule.violated:
        yield Message.of("cli.rules.violated", text=" ".join(rule.violated.split()))


def _read_in(pack: compliance.Pack, rule: compliance.Rule) -> Iterable[Message]:
    if place := pack.form.sources[rule.source].read_in:
        yield Message.of("cli.rules.read_in", place=place)


def _words(pack: compliance.Pack, rule: compliance.Rule, packs: compliance.Packs) -> Iterable[Message]:
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
    try:
        packs = rules.check_packs(path)
    except InvalidInput as error:
        print(format_problems(error.problems, lang))
        print(say("cli.rules.wrong", lang, path=str(path), n=len(error.problems)))
        return False
    judged = sum(rule.judged for _, rule in packs.rules)
    print(say("cli.rules.fine", lang, packs=len(packs.packs), rules=len(packs.rules), judged=judged))
    return True


# -- judging a deal ----------------------------------------------------------------------------------------------


def show_judgement(request: law.Request, lang: str, *, as_json: bool, all_questions: bool = False) -> None:
    """Print what the law says of a deal, and the few questions whose answers would change that most."""
    result = law.judge_deal(request)
    if as_json:
        show_json(law.data(result, lang))
        return
    judgement, selection = result.judgement, result.selection
    _print_head(judgement, result.deal, lang)
    if not result.country:
        print("\n".join(wrap(say("cli.rules.no_country", lang), WIDTH, indent="  ", first="")))
    if result.stale:
        print(
            "\n".join(
                wrap(say("cli.rules.stale", lang, made_on=selection.made_on.isoformat()), WIDTH, indent="  ", first="")
            )
        )
    _print_found(judgement, selection.packs, lang)
    _print_open(judgement, result.asked, selection.packs, lang, whole=all_questions)
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
        lines.append(Message.of("cli.rules.mend", mend=compliance.fix(verdict.rule)))
        for line in lines:
            print("\n".join(wrap(render(line, lang), WIDTH, indent="      ")))
    watched = judgement.of(compliance.State.WATCH)
    if watched:
        print(say("cli.rules.watched", lang, n=len(watched)))
    for verdict in watched:
        print(_row(verdict.rule.id, render(compliance.finding(verdict), lang), WIDTH))


def _print_open(
    judgement: compliance.Judgement,
    asked: Sequence[compliance.AskedQuestion],
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
