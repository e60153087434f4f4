"""Packs from YAML: format, sources, conditions, and the examples by which a rule proves its own test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from guanzi.base.core import InvalidInput, Message, Period, Place, Problem, meant, one_of
from guanzi.base.reading import YamlDocument
from guanzi.deal.compliance.logic import Facts, Known, evaluate
from guanzi.deal.compliance.pack import ALWAYS, PackFormat, Question, Rule
from guanzi.deal.compliance.quantities import INSTRUMENTS, QUANTITIES
from guanzi.deal.terms import FUNCTIONS, MONEY, STOCK, Expression, Scope, Term, Type, locator, parse_condition
from guanzi.record.evidence import validate

_FUNCTIONS = MappingProxyType({name: FUNCTIONS[name] for name in ("before", "after")})


@dataclass(frozen=True, slots=True)
class Tests:
    """The conditions of a rule as trees: when it looks at a deal, and when it is broken; None: not stated."""

    applies: Expression | None
    violated: Expression | None


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was read.

    Attributes:
        form: Its content.
        tests: Rule id to conditions.
        places: Rule id to the place where the rule stands.
    """

    form: PackFormat
    tests: Mapping[str, Tests]
    places: Mapping[str, Place]

    @property
    def id(self) -> str:
        """Id of the pack, e.g. ``cn``."""
        return self.form.pack


@dataclass(frozen=True, slots=True)
class Packs:
    """Some packs and the words their rules are written in.

    Attributes:
        packs: In the order in which they are read.
        questions: Everything that a person can be asked, by name.
    """

    packs: tuple[Pack, ...]
    questions: Mapping[str, Question]

    def rule(self, id: str) -> tuple[Pack, Rule] | None:
        """A rule by its id, with its pack; None when there is none."""
        found = ((pack, rule) for pack in self.packs for rule in pack.form.rules if rule.id == id)
        return next(found, None)

    @property
    def rules(self) -> tuple[tuple[Pack, Rule], ...]:
        """All rules with their packs."""
        return tuple((pack, rule) for pack in self.packs for rule in pack.form.rules)


def read_packs(documents: Sequence[YamlDocument], shared: Packs | None = None) -> Packs:
    """Read packs that may use one another's questions.

    Args:
        documents: One for each pack.
        shared: Packs that were read before: their questions can be used, and their ids are taken.

    Raises:
        InvalidInput: Everything that is wrong with them.
    """
    problems: list[Problem] = []
    forms: list[tuple[YamlDocument, PackFormat]] = []
    for document in documents:
        try:
            forms.append((document, validate(PackFormat, document)))
        except InvalidInput as error:
            problems.extend(error.problems)
    questions = dict(shared.questions if shared else {})
    for document, form in forms:
        problems.extend(_take_questions(document, form, questions))
    problems.extend(_same_id(forms))
    known = {rule.id: Place("") for _, rule in shared.rules} if shared else {}
    packs = []
    for document, form in forms:
        pack, faults = _read(document, form, questions, known)
        problems.extend(faults)
        packs.append(pack)
    if problems:
        raise InvalidInput(sorted(problems, key=lambda problem: problem.place))
    return Packs(tuple(packs), MappingProxyType(questions))


def _same_id(forms: Sequence[tuple[YamlDocument, PackFormat]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for document, form in forms:
        if form.pack in seen:
            cause = Message.of("compliance.problem.twice", name=form.pack)
            yield document.problem(("pack",), cause, Message.of("compliance.problem.twice.mend"))
        seen.add(form.pack)


def _take_questions(document: YamlDocument, form: PackFormat, questions: dict[str, Question]) -> Iterator[Problem]:
    for name, question in form.questions.items():
        where = ("questions", name)
        if name in QUANTITIES:
            cause = Message.of("compliance.problem.measured_question", name=name)
            yield document.problem(where, cause, Message.of("compliance.problem.measured_question.mend"), at_key=True)
        elif name in questions and questions[name] != question:
            cause = Message.of("compliance.problem.twice", name=name)
            yield document.problem(where, cause, Message.of("compliance.problem.twice.mend"), at_key=True)
        elif (question.type == "number") != bool(question.unit):
            cause = Message.of("compliance.problem.question_unit", name=name)
            yield document.problem(where, cause, Message.of("compliance.problem.question_unit.mend"), at_key=True)
        questions.setdefault(name, question)


def words_of(questions: Mapping[str, Question]) -> dict[str, Term]:
    """The words of conditions: what is measured, and what is asked."""
    words = {name: quantity.term for name, quantity in QUANTITIES.items()}
    for name, question in questions.items():
        kind = Type.TRUTH if question.type == "truth" else Type.NUMBER
        words.setdefault(name, Term(name, kind, question.unit, STOCK))
    return words


def rate_name(currency: str) -> str:
    """Name of the question for the rate of a currency.

    >>> rate_name("EUR")
    'rate_eur'
    """
    return f"rate_{currency.lower()}"


def _read(
    document: YamlDocument, form: PackFormat, questions: Mapping[str, Question], known: dict[str, Place]
) -> tuple[Pack, list[Problem]]:
    problems: list[Problem] = []
    tests: dict[str, Tests] = {}
    places: dict[str, Place] = {}
    words = words_of(questions)
    for index, rule in enumerate(form.rules):
        where = ("rules", index)
        places[rule.id] = document.place((*where, "id"))
        if rule.id in known:
            cause = Message.of("compliance.problem.twice", name=rule.id)
            problems.append(document.problem((*where, "id"), cause, Message.of("compliance.problem.twice.mend")))
        known[rule.id] = places[rule.id]
        problems.extend(_references(document, where, rule, form, questions))
        scope = Scope(money=rule.currency or MONEY, words=words, functions=_FUNCTIONS)
        applies, faults = _condition(document, (*where, "applies", "when"), rule.applies.when, scope)
        violated, more = _condition(document, (*where, "violated"), rule.violated, scope)
        problems.extend((*faults, *more))
        tests[rule.id] = Tests(applies, violated)
        if not faults and not more:
            problems.extend(_examples(document, where, rule, tests[rule.id], words))
    problems.extend(_source_days(document, form))
    unused = [id for id in form.sources if all(rule.source != id for rule in form.rules)]
    for id in unused:
        cause = Message.of("compliance.problem.idle_source", name=id)
        problems.append(document.problem(("sources", id), cause, at_key=True))
    return Pack(form, MappingProxyType(tests), MappingProxyType(places)), problems


def _condition(
    document: YamlDocument, path: tuple[str | int, ...], text: str, scope: Scope
) -> tuple[Expression | None, list[Problem]]:
    if not text:
        return None, []
    parsed = parse_condition(text, scope, locator(document, path, text))
    lines = document.source.lines
    faults = [
        replace(p, line=lines[p.place.line - 1] if 1 <= p.place.line <= len(lines) else "", severity="error")
        for p in parsed.problems
    ]
    return parsed.tree, faults


def _references(
    document: YamlDocument,
    where: tuple[str | int, ...],
    rule: Rule,
    form: PackFormat,
    questions: Mapping[str, Question],
) -> Iterator[Problem]:
    """What a rule names must be there."""
    if rule.source not in form.sources:
        cause = Message.of("compliance.problem.no_source", name=rule.source)
        yield document.problem((*where, "source"), cause, meant(rule.source, form.sources, None))
    for place, kind in enumerate(rule.applies.instruments):
        if kind not in INSTRUMENTS:
            cause = Message.of("compliance.problem.no_instrument", name=kind)
            yield document.problem((*where, "applies", "instruments", place), cause, one_of(kind, INSTRUMENTS))
    if rule.currency is not None and rate_name(rule.currency) not in questions:
        cause = Message.of("compliance.problem.no_rate", currency=rule.currency, name=rate_name(rule.currency))
        yield document.problem((*where, "currency"), cause)
    yield from _time(document, where, rule)
    if rule.in_force.since == ALWAYS and form.at_most == "error":
        cause = Message.of("compliance.problem.law_always", id=rule.id)
        yield document.problem((*where, "in_force", "since"), cause, Message.of("compliance.problem.law_always.mend"))
    if rule.judged != bool(rule.violated):
        cause = Message.of(
            "compliance.problem.no_test" if rule.judged else "compliance.problem.watched_test", id=rule.id
        )
        yield document.problem((*where, "violated" if rule.violated else "kind"), cause)
    if rule.judged and rule.examples is None:
        cause = Message.of("compliance.problem.no_examples", id=rule.id)
        yield document.problem((*where, "id"), cause, Message.of("compliance.problem.no_examples.mend"))


def _time(document: YamlDocument, where: tuple[str | int, ...], rule: Rule) -> Iterator[Problem]:
    try:
        rule.in_force.on(date.max)
    except InvalidInput as error:
        for problem in error.problems:
            yield document.problem((*where, "in_force", "since"), problem.cause, problem.fix)
    else:
        if rule.in_force.until is not None and rule.in_force.on(rule.in_force.until) is False:
            yield document.problem(
                (*where, "in_force", "until"), Message.of("compliance.problem.ends_before", id=rule.id)
            )


def _source_days(document: YamlDocument, form: PackFormat) -> Iterator[Problem]:
    for id, source in form.sources.items():
        try:
            Period.parse(source.date if source.date is not None else form.made_on)
        except InvalidInput as error:
            for problem in error.problems:
                yield document.problem(("sources", id, "date"), problem.cause, problem.fix)


def example_value(test: Tests, rule: Rule, answers: Mapping[str, bool | float], day: date) -> Known:
    """What a rule says of an example: True when it is broken, False when it is kept or does not apply."""
    values = {
        name: value if isinstance(value, bool) else (float(value), float(value)) for name, value in answers.items()
    }
    trees = [tree for tree in (test.applies, test.violated) if tree is not None]
    said = [evaluate(tree, Facts(values, day)).value for tree in trees]
    kinds = [values.get(f"has_{kind}") for kind in rule.applies.instruments]
    if kinds:
        said.append(True if True in kinds else False if all(kind is False for kind in kinds) else None)
    return False if False in said else None if None in said else True


def _examples(
    document: YamlDocument, where: tuple[str | int, ...], rule: Rule, test: Tests, words: Mapping[str, Term]
) -> Iterator[Problem]:
    if rule.examples is None:
        return
    for name, answers, wanted in (
        ("violated", rule.examples.violated, True),
        ("clean", rule.examples.clean, False),
    ):
        path = (*where, "examples", name)
        strange = [word for word in answers if word not in words]
        for word in strange:
            cause = Message.of("terms.condition.unknown_name", name=word)
            yield document.problem((*path, word), cause, meant(word, words, None), at_key=True)
        wrong = [w for w, v in answers.items() if w in words and isinstance(v, bool) != (words[w].type is Type.TRUTH)]
        for word in wrong:
            yield document.problem((*path, word), Message.of("compliance.problem.example_type", name=word))
        if not strange and not wrong and example_value(test, rule, answers, form_day(rule)) is not wanted:
            cause = Message.of(f"compliance.problem.example_not_{name}", id=rule.id)
            yield document.problem(path, cause, Message.of("compliance.problem.example.mend"))


def form_day(rule: Rule) -> date:
    """A day on which the rule is law, for its examples."""
    since = rule.in_force.since
    return since if isinstance(since, date) else rule.in_force.until or date(2026, 1, 1)
