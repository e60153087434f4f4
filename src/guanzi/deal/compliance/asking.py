"""Which open question to ask first: the one whose answer alone decides what weighs most.

Each question is answered in thought, one at a time: yes and no, or numbers at both ends of what is possible. What is
judged anew then shows what the answer would do. A question that cannot change a verdict by itself waits until others
are answered; most of the questions of a pack do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from guanzi.deal.compliance.judging import Deal, Judgement, State, Verdict, judge
from guanzi.deal.compliance.logic import Interval
from guanzi.deal.compliance.pack import Severity
from guanzi.deal.compliance.reading import Packs, words_of
from guanzi.deal.terms import TermSheet, Type

WEIGHT: Mapping[Severity, int] = {"error": 100, "warning": 10, "info": 0}
"""What a rule weighs in the order of questions: one that ends a deal before ten that better it."""
_LARGE = 1e15
_NUMBERS: tuple[Interval, ...] = tuple((x, x) for x in (-_LARGE, 0.0, 1e-9, 1.0, _LARGE))


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with what its answer alone would do.

    Attributes:
        name: Name of the question.
        breaks: Ids of rules that some answer shows to be broken.
        clears: Ids of rules that some answer shows to be kept, or not to look at this deal.
        touches: Ids of all rules that wait for it, perhaps together with others.
        effect: Weight of the rules that the better telling of its answers decides, of those that an answer can show to
            be broken, and how many of them are law of the country of the deal.
    """

    name: str
    breaks: tuple[str, ...]
    clears: tuple[str, ...]
    touches: tuple[str, ...]
    effect: tuple[int, int, int]

    @property
    def matters(self) -> bool:
        """Whether an answer alone changes the verdict on a rule that weighs."""
        return self.effect[0] > 0


def questions_to_ask(
    judgement: Judgement, sheet: TermSheet, packs: Packs, deal: Deal, named: tuple[str, ...] = ()
) -> tuple[AskedQuestion, ...]:
    """All open questions, the one with the largest effect first.

    Args:
        judgement: What is known of the deal now.
        sheet: The deal.
        packs: Rules it was judged by.
        deal: What is known beside the sheet.
        named: Packs that were named.
    """
    words = words_of(packs.questions)
    waiting = {(v.pack, v.rule.id): v for v in judgement.of(State.OPEN)}

    def anew(name: str, answer: bool | Interval) -> Judgement:
        return judge(sheet, packs, replace(deal, answers={**deal.answers, name: answer}), named)

    lands = frozenset(pack.id for pack in packs.packs if pack.form.countries)
    found = []
    for name, touches in judgement.questions.items():
        term = words.get(name)
        answers: tuple[bool | Interval, ...] = (True, False)
        if term is None:  # the industry of the deal, which is no answer to a question
            answers = ()
        elif term.type is not Type.TRUTH:
            answers = _NUMBERS
        found.append(_asked(name, touches, waiting, anew, answers, lands))
    return tuple(sorted(found, key=lambda asked: (*(-part for part in asked.effect), -len(asked.touches), asked.name)))


def _asked(
    name: str,
    touches: tuple[str, ...],
    waiting: Mapping[tuple[str, str], Verdict],
    anew: Callable[[str, bool | Interval], Judgement],
    answers: tuple[bool | Interval, ...],
    lands: frozenset[str],
) -> AskedQuestion:
    breaks: dict[str, int] = {}
    clears: dict[str, int] = {}
    own: set[str] = set()
    most = 0
    for answer in answers:
        decided = 0
        after = {(v.pack, v.rule.id): v.state for v in anew(name, answer).verdicts}
        for key, verdict in waiting.items():
            state = after.get(key, State.OUTSIDE)
            if state is State.OPEN:
                continue
            weight = WEIGHT[verdict.at_stake]
            decided += weight
            (breaks if state is State.VIOLATED else clears)[verdict.rule.id] = weight
            if verdict.pack in lands and weight:
                own.add(verdict.rule.id)
        most = max(most, decided)
    effect = (most, sum(breaks.values()), len(own))
    return AskedQuestion(name, tuple(breaks), tuple(clears), touches, effect)
