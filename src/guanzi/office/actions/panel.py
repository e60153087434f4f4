"""Actions of a panel of experts: ask a question, answer it, and close the panel."""

from __future__ import annotations

from typing import Literal, TypedDict

from pydantic import Field

from guanzi.base.core import SLUG_PATTERN, Bilingual, InvalidInput, Message, Place, Problem
from guanzi.jobs.appraisal import judgement_problems
from guanzi.jobs.experts import elicitation_text
from guanzi.office.actions.framework import ActionContext, CaseInput, PermissionPolicy, action
from guanzi.office.actions.texts import LongText
from guanzi.office.cases.contents import new_version, read_tree
from guanzi.office.deciding.panels import FOLDER, OfficePanel, panels_of, parse_panel
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import ClosedPanel, ExpertJudgement, OfficeCase
from guanzi.record.evidence import ElicitationFormat, QuestionEntry, answer_problem, bound_problem

QUANTILES = (0.05, 0.5, 0.95)


class AskPanel(CaseInput):
    """A question to the experts.

    Attributes:
        panel: Id of the panel; it is made with its first question.
        question: Id of the question.
        parameter: Parameter of the company model that the answers feed; empty: none.
    """

    panel: str = Field(default="committee", pattern=SLUG_PATTERN, max_length=40)
    question: str = Field(pattern=SLUG_PATTERN, max_length=50)
    text: LongText = Field(min_length=1, max_length=1000)
    text_zh: LongText = Field(default="", max_length=1000)
    unit: str = Field(min_length=1, max_length=40)
    scale: Literal["linear", "log"] = "linear"
    least: float | None = None
    most: float | None = None
    parameter: str | None = None


class PanelVersion(TypedDict):
    """The number of a version, and what it made void."""

    version: int
    voided: list[str]


class PanelAsked(TypedDict):
    """A question of a panel, the number of the version that holds it, and what it made void."""

    panel: str
    question: str
    version: int
    voided: list[str]


@action("panel.ask", PermissionPolicy(parts=frozenset({"lead", "analyst"}), states=frozenset({"open"})))
def ask(context: ActionContext, asked: AskPanel) -> PanelAsked:
    """Put a question to the experts, before any of them has answered."""
    case = context.of
    panel = next((one for one in panels_of(case) if one.id == asked.panel), None)
    if panel is not None and (panel.closed or panel.judgements):
        raise InvalidInput(Problem(Message.of("office.refused.panel_begun", panel=asked.panel), Place("panel")))
    question = QuestionEntry(
        id=asked.question,
        text=asked.text,
        text_zh=asked.text_zh,
        unit=asked.unit,
        scale=asked.scale,
        least=asked.least,
        most=asked.most,
        parameter=asked.parameter,
    )
    before = panel.asked.form if panel is not None else None
    title = f"Questions of the committee on {case.title}"
    form = ElicitationFormat(
        format=1,
        panel=asked.panel,
        title=before.title if before is not None else title,
        title_zh=before.title_zh if before is not None else f"投资决策委员会就{case.title_zh or case.title}提出的问题",
        quantiles=before.quantiles if before is not None else QUANTILES,
        weights=before.weights if before is not None else "performance",
        questions=(*(before.questions if before is not None else ()), question),
    )
    path = panel.path if panel is not None else f"{FOLDER}{asked.panel}.yaml"
    made = _write(context, path, form, "question to the experts")
    context.record.words["question"] = asked.text
    context.record.data |= {"panel": asked.panel, "question": asked.question}
    return {"panel": asked.panel, "question": asked.question, **made}


class GiveJudgement(CaseInput):
    """What an expert judges: low, middle and high, with the reason."""

    panel: str
    question: str
    low: float = Field(allow_inf_nan=False)
    mode: float = Field(allow_inf_nan=False)
    high: float = Field(allow_inf_nan=False)
    reason: LongText = Field(min_length=1, max_length=4000)


class GivenJudgement(TypedDict):
    """A judgement, and its round."""

    panel: str
    question: str
    round: int


@action("panel.judge", PermissionPolicy(parts=frozenset({"expert"}), states=frozenset({"open"})))
def judge(context: ActionContext, asked: GiveJudgement) -> GivenJudgement:
    """Answer a question: blind the first time, and once more when every expert has answered."""
    panel = _panel(context.of, asked.panel)
    question = panel.asked.by_id.get(asked.question)
    if question is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_question", name=asked.question), Place("question")))
    round = panel.round_of(context.person, question.id)
    if round is None:
        raise InvalidInput(Problem(Message.of("office.refused.answered"), Place("question")))
    values = (asked.low, asked.mode, asked.high)
    wrong = answer_problem(question, values) or next(filter(None, (bound_problem(question, v) for v in values)), None)
    if wrong is not None:
        raise InvalidInput(Problem(wrong[0], Place("low"), wrong[1]))
    ExpertJudgement.objects.create(
        case=context.of,
        person=context.person,
        question=f"{panel.id}/{question.id}",
        round=round,
        low=asked.low,
        mode=asked.mode,
        high=asked.high,
        unit=question.unit,
        reason=asked.reason,
        at=context.at,
    )
    words = f"{asked.low} / {asked.mode} / {asked.high} {question.unit}: {asked.reason}"
    context.record.words |= {"judgement": words, "question": question.id, "round": str(round)}
    context.record.data["panel"] = panel.id  # which question, in which round, would tell who changed his mind
    return {"panel": panel.id, "question": question.id, "round": round}


class ClosePanel(CaseInput):
    """A panel whose answers become evidence."""

    panel: str


class ClosedRounds(TypedDict):
    """A panel with its rounds, the number of the version that holds its answers, and what that made void."""

    panel: str
    rounds: int
    version: int
    voided: list[str]


@action("panel.close", PermissionPolicy(parts=frozenset({"lead"}), states=frozenset({"open"})))
def close(context: ActionContext, asked: ClosePanel) -> ClosedRounds:
    """Write the rounds into the evidence, without names, once every expert has answered; appraisals then read them."""
    panel = _panel(context.of, asked.panel)
    if panel.closed:
        raise InvalidInput(Problem(Message.of("office.refused.panel_closed"), Place("panel")))
    if not panel.answered:
        names = tuple(Bilingual(one.name, one.name_zh) for one in panel.experts if panel.lacking(one))
        cause = (
            Message.of("office.refused.panel_open", people=names) if names else Message.of("office.refused.no_experts")
        )
        raise InvalidInput(Problem(cause, Place("panel")))
    least = workflow().panel_experts
    if len(panel.experts) < least:
        cause = Message.of("office.refused.few_experts", there=len(panel.experts), least=least)
        raise InvalidInput(Problem(cause, Place("panel")))
    form = panel.form()
    made = _write(context, panel.path, form, "panel of experts closed")
    ClosedPanel.objects.create(
        case=context.of,
        panel=panel.id,
        path=panel.path,
        sha256=context.of.tree[panel.path],
        experts=len(panel.experts),
        closed_by=context.person,
        closed_at=context.at,
    )
    for n, person in enumerate(panel.experts, 1):
        context.record.who[f"expert.{n}"] = person.username
    context.record.data |= {"panel": panel.id, "rounds": len(form.rounds), "experts": len(panel.experts)}
    return {"panel": panel.id, "rounds": len(form.rounds), **made}


def _write(context: ActionContext, path: str, form: ElicitationFormat, why: str) -> PanelVersion:
    """The next version with the file of a panel, which must fit the company model of the case."""
    text = elicitation_text(form)
    case = context.of
    read = parse_panel(path, text)
    if unfit := judgement_problems((read,), read_tree(case.slug, case.tree).model):
        raise InvalidInput(list(unfit))
    made = new_version(case, {path: text.encode()}, context.person, why)
    context.record.data |= {"made": made.version.sha256, "voided": list(made.voided)}
    return {"version": made.version.number, "voided": list(made.voided)}


def _panel(case: OfficeCase, id: str) -> OfficePanel:
    """A panel that can be asked here.

    Raises:
        InvalidInput: There is none, or its answers have another form.
    """
    found = next((one for one in panels_of(case) if one.id == id), None)
    if found is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_panel", name=id), Place("panel")))
    if not found.fits:
        raise InvalidInput(Problem(Message.of("office.refused.panel_quantiles"), Place("panel")))
    return found
