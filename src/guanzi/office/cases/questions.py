"""The six questions of the register of bets: what the analyst answered, or else what the newest appraisal derived."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from guanzi.base.core import Message
from guanzi.jobs.bets import answers
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.models import IndexedFact, OfficeCase


@dataclass(frozen=True, slots=True)
class CaseQuestion:
    """A question with its answer; every text is a message.

    Attributes:
        asks: The question.
        answer: Yes, no, a number, or that it is open.
        because: Why, where it was derived; None: nobody has answered it, or its analyst has.
        fact: The fact by which its analyst answered it; None: he has not.
        open: An analyst could answer it by a fact of this name, and has not; empty otherwise.
    """

    asks: Mapping[str, Any]
    answer: Mapping[str, Any]
    because: Mapping[str, Any] | None
    fact: IndexedFact | None
    open: str = ""


def questions_of(case: OfficeCase) -> tuple[CaseQuestion, ...]:
    """The questions in their order; what was derived is of the newest appraisal that has ended."""
    stated = IndexedFact.objects.filter(
        case=case, subject="company", name__in=answers.ANSWERED_BY.values(), superseded_by=""
    )
    facts = {fact.name: fact for fact in stated.order_by("known_on", "fact")}
    newest = case.appraisals.filter(state="done").order_by("-pk").first()
    sha256 = None if newest is None else newest.files.get("appraisal.json")
    derived = {} if sha256 is None else _derived(sha256)
    return tuple(_question(id, facts.get(name), derived.get(id)) for id, name in answers.ANSWERED_BY.items())


def _question(id: str, fact: IndexedFact | None, derived: tuple[Any, Any] | None) -> CaseQuestion:
    asks = Message.of(f"appraisal.odds.question.{id}").as_dict()
    if fact is not None:
        said = "yes" if fact.content["value"] is True else "no"
        return CaseQuestion(asks, Message.of(f"appraisal.odds.{said}").as_dict(), None, fact)
    answer, because = derived or (Message.of("appraisal.odds.unknown").as_dict(), None)
    unanswered = answer["id"] == "appraisal.odds.unknown"
    return CaseQuestion(asks, answer, because, None, answers.ANSWERED_BY[id] if unanswered else "")


@lru_cache(maxsize=256)
def _derived(sha256: str) -> Mapping[str, tuple[Any, Any]]:
    """Answer and reason of each question, as an appraisal told them; of an earlier one, none."""
    table = json.loads(content_of(sha256)).get("odds")
    return {} if table is None else {row[0]["id"].rpartition(".")[2]: (row[1], row[2]) for row in table["rows"]}
