"""Panels of experts of a case: what is asked, who has answered, and who may see the answers of others.

The first round is blind. Once every expert has answered, its answers are shown all at once and without names: who saw
them one by one would know whose came last. Then the second round begins; who gives no second answer to a question lets
his first stand. Second answers are shown once the panel is closed, and no number follows an expert from round to round.
Questions and answers are the elicitation of the evidence, and are pooled as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.db.models import Exists, OuterRef
from django.utils import timezone

from guanzi.base.reading import TextFile, parse_yaml
from guanzi.jobs.experts import Filled, add_forms
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.models import ExpertJudgement, Interest, OfficeCase, Person, Seat
from guanzi.record.evidence import Elicitation, ElicitationFormat, QuestionEntry, parse_elicitation

FOLDER = "judgements/"
LEVELS = 3
"""Quantiles of an answer: low, middle, high."""


@dataclass(frozen=True)
class OfficePanel:
    """A panel of a case.

    Attributes:
        case: The case.
        path: Its file.
        asked: What the file says.
        experts: Who sits as an expert and has no interest.
        judgements: Their answers.
    """

    case: OfficeCase
    path: str
    asked: Elicitation
    experts: tuple[Person, ...]
    judgements: tuple[ExpertJudgement, ...]

    @property
    def id(self) -> str:
        """Id of the panel."""
        return self.asked.id

    @property
    def closed(self) -> bool:
        """Whether its answers stand in the evidence."""
        return bool(self.asked.form.rounds)

    @property
    def fits(self) -> bool:
        """Whether it can be asked here: three quantiles an answer."""
        return len(self.asked.form.quantiles) == LEVELS

    @cached_property
    def given(self) -> Mapping[tuple[int, int, str], ExpertJudgement]:
        """Answers by person, round and question."""
        return {(one.person_id, one.round, one.question.partition("/")[2]): one for one in self.judgements}

    def lacking(self, person: Person, round: int = 1) -> tuple[QuestionEntry, ...]:
        """Questions to which somebody has not answered in a round."""
        return tuple(q for q in self.asked.form.questions if (person.pk, round, q.id) not in self.given)

    @cached_property
    def answered(self) -> bool:
        """Whether every expert has given the first round."""
        return bool(self.experts) and not any(self.lacking(person) for person in self.experts)

    def round_of(self, person: Person, question: str) -> int | None:
        """The round in which an expert answers a question next; None: it is not open to him."""
        if self.closed or person.pk not in {one.pk for one in self.experts}:
            return None
        if (person.pk, 1, question) not in self.given:
            return 1
        return 2 if self.answered and (person.pk, 2, question) not in self.given else None

    @property
    def shown(self) -> bool:
        """Whether the answers of others are shown: all at once, to everybody who sees the case."""
        return self.closed or self.answered

    def first_round(self, question: str) -> list[tuple[tuple[float, ...], str]]:
        """Answers of the first round to a question, without names and in the order of what they say alone.

        Nobody can be followed from one question to the next.

        Returns:
            Low, middle and high, and the reason.
        """
        own = (self.given.get((person.pk, 1, question)) for person in self.experts)
        found = [((one.low, one.mode, one.high), one.reason) for one in own if one is not None]
        return sorted(found, key=lambda row: (row[0][1], row))

    def filled(self) -> list[Filled]:
        """The answers as forms of rounds; a first answer that was not given anew stands in the second."""
        second = any(round == 2 for _, round, _ in self.given)
        forms = []
        for person in self.experts:
            for round in (1, 2) if second else (1,):
                rows = [
                    self.given.get((person.pk, round, q.id)) or self.given.get((person.pk, 1, q.id))
                    for q in self.asked.form.questions
                ]
                kept = [row for row in rows if row is not None]
                forms.append(
                    Filled(
                        file=self.path,
                        round=round,
                        name=person.username,
                        field="",
                        day=max(timezone.localdate(row.at) for row in kept),
                        answers={row.question.partition("/")[2]: (row.low, row.mode, row.high) for row in kept},
                        reasons={row.question.partition("/")[2]: row.reason for row in kept if row.reason},
                    )
                )
        return forms

    def form(self) -> ElicitationFormat:
        """The elicitation with the answers, without names, and in each round with other numbers of the experts."""
        return add_forms(self.asked.form, self.filled(), linked=False)


@lru_cache(maxsize=256)
def _read(sha256: str, path: str) -> Elicitation:
    return parse_panel(path, content_of(sha256).decode("utf-8"))


def parse_panel(path: str, text: str) -> Elicitation:
    """A panel from the text of its file.

    Raises:
        InvalidInput: Everything that is wrong with it.
    """
    return parse_elicitation(parse_yaml(TextFile(path, text, tuple(text.split("\n")))))


def panels_of(case: OfficeCase) -> tuple[OfficePanel, ...]:
    """The panels of the newest version of a case, in the order of their files."""
    return panels_of_cases([case])[0][1]


def panels_of_cases(
    cases: Iterable[OfficeCase], known: Mapping[int, tuple[Person, ...]] | None = None
) -> list[tuple[OfficeCase, tuple[OfficePanel, ...]]]:
    """The panels of each case, asked for together; ``known`` experts by case are not asked for."""
    held = [(case, _paths(case)) for case in cases]
    asked = [case for case, paths in held if paths]
    experts = known if known is not None else _experts(asked) if asked else {}
    rows: dict[int, list[ExpertJudgement]] = {}
    for one in ExpertJudgement.objects.filter(case__in=asked).order_by("pk") if asked else ():
        if one.person_id in {person.pk for person in experts.get(one.case_id, ())}:
            rows.setdefault(one.case_id, []).append(one)
    found = []
    for case, paths in held:
        mine, given = experts.get(case.pk, ()), rows.get(case.pk, ())
        read = tuple(_panel(case, path, _read(case.tree[path], path), mine, given) for path in paths)
        found.append((case, read))
    return found


def _paths(case: OfficeCase) -> list[str]:
    tree = case.tree
    return [path for path in tree if path.startswith(FOLDER) and path.endswith(".yaml")]


def _experts(cases: Iterable[OfficeCase]) -> dict[int, tuple[Person, ...]]:
    """Experts by case who have no interest in it, in the order of their seats."""
    barred = Interest.objects.filter(case=OuterRef("case"), cleared_at=None, person=OuterRef("person"))
    seats = Seat.objects.filter(case__in=list(cases), part="expert", person__is_active=True).filter(~Exists(barred))
    found: dict[int, tuple[Person, ...]] = {}
    for seat in seats.select_related("person").order_by("pk"):
        found[seat.case_id] = (*found.get(seat.case_id, ()), seat.person)
    return found


def seeds_before(case: OfficeCase, person: Person) -> frozenset[str]:
    """Files that would tell an expert the true values by which his answers are weighed, until the panel is closed."""
    return frozenset(
        panel.path
        for panel in panels_of(case)
        if not panel.closed
        and person in panel.experts
        and any(question.seed is not None for question in panel.asked.form.questions)
    )


def _panel(
    case: OfficeCase, path: str, asked: Elicitation, experts: tuple[Person, ...], rows: Iterable[ExpertJudgement]
) -> OfficePanel:
    own = tuple(one for one in rows if one.question.partition("/")[0] == asked.id)
    return OfficePanel(case, path, asked, experts, own)
