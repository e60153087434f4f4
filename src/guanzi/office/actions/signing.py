"""Actions of the signature: on a decision that stands, of the term sheet that people approved; more money anew."""

from __future__ import annotations

from typing import TypedDict

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.deal.terms import TermSheet
from guanzi.jobs.appraisal import Amended, AmendedLine
from guanzi.office.actions.framework import ActionContext, CaseInput, PermissionPolicy, action
from guanzi.office.actions.sheets import no_sheet
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.cases.amending import amended_by, was_shown
from guanzi.office.cases.demanded import conditions_of
from guanzi.office.cases.termsheets import SheetOfCase, check_sheet_path, newest_sheets, sheets_of
from guanzi.office.deciding.gates import hindered
from guanzi.office.deciding.now import CaseNow
from guanzi.office.models import OfficeCase, Signing, Sitting
from guanzi.office.paying.looking import look_again
from guanzi.office.roles import Role

IN_FAVOUR = ("back", "back_with_conditions")
ADDING = ("more", "new", "open")
"""Kinds of lines that add money."""
_LEAST = 1e-6
SIGNERS = frozenset({Role.CHAIR, Role.FINANCE})


class SignDeal(CaseInput):
    """The term sheet by its path, and the sitting that decided; none: the newest that is closed."""

    path: str
    sitting: int | None = None


class SignedSheet(TypedDict):
    """The hash of the text that is signed, and the sitting that decided on it."""

    sheet: str
    sitting: int


@action("deal.sign", PermissionPolicy(roles=SIGNERS, states=frozenset({"open"})), "decide")
def sign(context: ActionContext, asked: SignDeal) -> SignedSheet:
    """Sign the deal."""
    case = context.of
    held, sheet = _approved(case, asked.path)
    problems = _unfit(case, held, sheet, context)
    sitting = _decision(case, asked.sitting, "decide")
    problems += [*_decided_otherwise(sitting, held), *hindered(CaseNow(case), "sign"), *_unmet(sitting)]
    if problems:
        raise InvalidInput(problems)
    Signing.objects.create(
        case=case,
        sitting=sitting,
        path=held.path,
        sha256=held.sha256,
        signed_on=context.today,
        signed_by=context.person,
        at=context.at,
    )
    case.state, case.stage = "signed", "paying"
    case.save(update_fields=["state", "stage"])
    _enter(context, held, sitting)
    look_again(case, context.at, context.today)
    return {"sheet": held.sha256, "sitting": sitting.pk}


class AmendDeal(CaseInput):
    """The new term sheet by its path, and the sitting held for more money; none: the newest that is closed."""

    path: str
    sitting: int | None = None


@action("deal.amend", PermissionPolicy(roles=SIGNERS, states=frozenset({"signed"})), "decide")
def amend(context: ActionContext, asked: AmendDeal) -> SignedSheet:
    """Put a new term sheet in place of the signed one: it takes a decision that was made for it after the signature.

    Whatever it adds to what is paid, given or can be called, and whatever it loosens before money, must have been told
    to the sitting, and all that it adds lies within the amount that the sitting decided on.
    """
    case = context.of
    signing = case.signing
    held, sheet = _approved(case, asked.path)
    sitting = _decision(case, asked.sitting, "add_money")
    if sitting.closed_at is None or sitting.closed_at <= signing.at or sitting.pk == signing.sitting_id:
        raise InvalidInput(Problem(Message.of("office.refused.new_decision"), Place("sitting")))
    problems = _unfit(case, held, sheet, context) + _decided_otherwise(sitting, held)
    found = amended_by(signing, sheet)
    problems += _beyond(sitting, signing, held, found, sheet.currency)
    if problems:
        raise InvalidInput(problems)
    signing.sitting, signing.path, signing.sha256 = sitting, held.path, held.sha256
    signing.signed_on, signing.signed_by, signing.at = context.today, context.person, context.at
    signing.save()
    case.stage = "paying"
    case.save(update_fields=["stage"])
    _enter(context, held, sitting)
    context.record.data |= {"more": found.more, "changes": [f"{one.id} ({one.kind})" for one in found.lines]}
    look_again(case, context.at, context.today)
    return {"sheet": held.sha256, "sitting": sitting.pk}


def _beyond(sitting: Sitting, signing: Signing, held: SheetOfCase, found: Amended, currency: str) -> list[Problem]:
    """What a sheet adds or loosens beyond what the committee decided, each with its line."""
    problems: list[Problem] = []
    undecided: list[AmendedLine] = []
    if not was_shown(sitting, signing, held.path, held.sha256):
        undecided += found.lines
    decided = sitting.amount or 0.0
    if found.more > decided + _LEAST:
        cause = Message.of_money(currency, "office.refused.more_than_decided", more=found.more, decided=decided)
        problems.append(Problem(cause, Place("path")))
        undecided += [one for one in found.lines if one.kind in ADDING]
    told = dict.fromkeys(one.message for one in undecided)
    return problems + [Problem(Message.of("office.refused.undecided", what=one), Place("path")) for one in told]


def _approved(case: OfficeCase, path: str) -> tuple[SheetOfCase, TermSheet]:
    """The term sheet of the newest version, approved by as many people as it takes."""
    check_sheet_path(path)
    held = next((one for one in sheets_of(case) if one.path == path), None)
    if held is None:
        raise no_sheet(path)
    if held.sheet is None:
        raise InvalidInput(list(held.problems))
    if not held.approved:
        have, needed = len(held.approved_by), held.needed
        raise InvalidInput(
            Problem(Message.of("office.refused.not_approved", have=have, needed=needed, path=path), Place("path"))
        )
    return held, held.sheet


def _unfit(case: OfficeCase, held: SheetOfCase, sheet: TermSheet, context: ActionContext) -> list[Problem]:
    """Why a sheet cannot be signed as it is."""
    found = []
    if sheet.status == "draft":
        found.append(Problem(Message.of("office.refused.draft", path=held.path), Place("path")))
    last = max(sheet.known_on, sheet.signed)
    if last > context.today:
        found.append(Problem(Message.of("office.refused.sheet_ahead", day=last.isoformat()), Place("path")))
    if sheet.currency != case.currency:
        cause = Message.of("office.refused.sheet_currency", own=sheet.currency, case=case.currency)
        found.append(Problem(cause, Place("path")))
    return found


def _decision(case: OfficeCase, id: int | None, purpose: str) -> Sitting:
    """A sitting that is closed, stands, and decided in favour."""
    asked = Sitting.objects.select_related("appraisal__version").filter(case=case, purpose=purpose)
    sitting = asked.filter(pk=id).first() if id is not None else asked.filter(state="closed").order_by("pk").last()
    if sitting is None:
        kind = "no_decision" if purpose == "decide" else "new_decision"
        raise InvalidInput(Problem(Message.of(f"office.refused.{kind}"), Place("sitting")))
    if sitting.state != "closed" or sitting.result not in IN_FAVOUR:
        state = sitting.result if sitting.state == "closed" else sitting.state
        raise InvalidInput(Problem(Message.of(f"office.refused.decision_{state or 'open'}"), Place("sitting")))
    later = Sitting.objects.filter(case=case, purpose=purpose, pk__gt=sitting.pk).first()
    if later is not None:
        raise InvalidInput(Problem(Message.of("office.refused.decision_older", later=later.number), Place("sitting")))
    return sitting


def _decided_otherwise(sitting: Sitting, held: SheetOfCase) -> list[Problem]:
    """That the committee sat on another text than the one to be signed, which is not that text with its conditions."""
    case = sitting.case
    with_conditions = sitting.upheld_id == case.head_id and newest_sheets([sitting.appraisal.version.tree])[0]
    decided = with_conditions and with_conditions[0] == held.path and case.tree.get(held.path) == held.sha256
    if decided or sitting.appraisal.version.tree.get(held.path) == held.sha256:
        return []
    return [Problem(Message.of("office.refused.other_sheet", path=held.path), Place("sitting"))]


def _unmet(sitting: Sitting) -> list[Problem]:
    """Conditions of the decision that the text does not meet, by the appraisal of it, and that nobody has waived."""
    return [
        Problem(
            Message.of("office.refused.condition", text=Message.from_dict(one.text)),
            Place("condition"),
            Message.of("office.refused.condition.mend"),
        )
        for one in conditions_of(sitting)
        if one.stands
    ]


def _enter(context: ActionContext, held: SheetOfCase, sitting: Sitting) -> None:
    context.record.data |= {
        "path": held.path,
        "sheet": held.sha256,
        "sitting": sitting.number,
        "result": sitting.result,
    }
    context.record.files.append(content_of(held.sha256))
