"""Whatever people ask for in whatever order: nothing is signed or decided that may not be, and a refusal leaves none.

A state machine does the actions of one case: a driver goes the right way a step at a time, and between its steps
anybody asks for anything. What must always hold is asked after each.
"""

import random
import secrets
from collections import Counter
from typing import TYPE_CHECKING, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.office.committee import HEADLINE, MEMBERS, quick
from tests.office.small import CASE, FILES, SHEET, archive, room_of

from guanzi.base.core import GuanziError
from guanzi.office.actions import perform
from guanzi.office.auditlog.log import office_log
from guanzi.office.cases import tasks
from guanzi.office.cases.demanded import conditions_of
from guanzi.office.deciding.gates import hindered, too_many_streams
from guanzi.office.deciding.now import CaseNow
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import (
    ActionRun,
    AppraisalRun,
    Ballot,
    ClosedPanel,
    ExpertJudgement,
    Interest,
    OfficeCase,
    Seat,
    SheetApproval,
    Signing,
    Sitting,
    Workstream,
)
from guanzi.office.people.visibility import Viewer
from guanzi.record.ledger import check_log

if TYPE_CHECKING:
    from tests.office.conftest import Office

VOTERS = (*MEMBERS, "chair")
EVERYBODY = (*VOTERS, "lead", "analyst", "analyst2", "expert", "finance", "manager", "auditor", "administrator")
FOR = ("back", "back_with_conditions")
STAGES = tuple(stage.id for stage in workflow().stages)
STREAMS = tuple(rule.id for rule in workflow().streams)
TABLES = (
    AppraisalRun, Ballot, ClosedPanel, ExpertJudgement, Interest, OfficeCase, Seat, SheetApproval, Signing, Sitting,
    Workstream, ActionRun,
)  # fmt: skip
QUORUM, DRAWN = 5, st.integers(0, 2**32)


def begun(office):
    """The case with its seats, its document and the owners of its streams; everything else is still to be done."""
    perform(office.lead, "case.open", {"archive": archive({**FILES, **room_of()})}, "open")
    parts = {"analyst": "analyst", "analyst2": "analyst", "expert": "expert", "member5": "expert", "manager": "manager"}
    for name, part in {**parts, "chair": "chair", **dict.fromkeys(MEMBERS[:4], "member"), "finance": "member"}.items():
        seat = {"case": CASE, "person": office.people[name].username, "part": part}
        perform(office.lead, "case.give_seat", seat, secrets.token_hex(8))
    for n, stream in enumerate(STREAMS):
        owner = office.people[("analyst", "analyst2")[n % 2]].username
        perform(office.lead, "streams.assign", {"case": CASE, "stream": stream, "person": owner}, secrets.token_hex(8))


def snapshot():
    return office_log().size, [list(model.objects.order_by("pk").values_list()) for model in TABLES]


class Orders(RuleBasedStateMachine):
    """One case, at which anybody asks for anything."""

    office: "ClassVar[Office]"
    reached: ClassVar[Counter[str]] = Counter()

    @initialize()
    def begin(self):
        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @property
    def case(self):
        return OfficeCase.objects.select_related("head").get(slug=CASE)

    def ask(self, name, action, /, **asked):
        """Do it; whether it was done. What is refused leaves nothing."""
        before = snapshot()
        person = self.office.people[name]
        try:
            with transaction.atomic():
                perform(person, action, {"case": CASE, **asked}, secrets.token_hex(8))
        except GuanziError:
            assert snapshot() == before, (name, action, asked)
            return False
        self.done(name, action, asked)
        return True

    def done(self, name, action, asked):
        """What must hold of an action at the moment at which it was done."""
        self.reached[action] += 1
        person, case = self.office.people[name], self.case
        barred = set(Interest.objects.filter(case=case, cleared_at=None).values_list("person", flat=True))
        if action == "vote.cast":
            assert person.pk not in barred
            assert Viewer(person).parts[case.pk] in ("member", "chair")
        if action == "vote.close":
            held = Sitting.objects.get(pk=asked["sitting"])
            there = set(held.ballots.values_list("person", flat=True)) - barred
            assert (len(there) >= QUORUM) == (held.result != "no_quorum")
            assert not barred & set(held.ballots.values_list("person", flat=True))
        if action == "deal.sign":
            signing = Signing.objects.select_related("sitting__appraisal__version").get(case=case)
            held = signing.sitting
            assert (held.state, held.purpose) == ("closed", "decide")
            assert held.result in FOR
            assert held == Sitting.objects.filter(case=case).order_by("pk").last()
            assert held.appraisal.version_id == case.head_id
            assert held.appraisal.version.tree[SHEET] == signing.sha256 == case.head.tree[SHEET]
            assert SheetApproval.objects.filter(case=case, sha256=signing.sha256).count() >= 2
            assert held.ballots.exclude(person__in=barred).count() >= QUORUM
        if action == "vote.open":
            held = Sitting.objects.filter(case=case, state="open").get()
            assert held.appraisal.version_id == case.head_id
            assert {row[0] for row in held.tally["roll"]}.isdisjoint(barred)
            if held.purpose == "decide":
                assert case.stage == "deciding"
                assert not hindered(CaseNow(case), "decide")

    # the right way

    @rule(seed=DRAWN)
    def onward(self, seed):
        """The step that the case waits for, or one of them."""
        case, draw = self.case, random.Random(seed)
        pending = [row for row in case.streams.order_by("pk") if row.state != "signed"]
        names = {person.username: name for name, person in self.office.people.items()}
        if case.state == "declined":
            self.ask("chair", "case.reopen", reasons="anew")
        elif case.state == "signed":
            self.appraise()
        elif case.stage == "opened":
            self.ask("lead", "case.advance", stage="opened")
        elif case.stage == "examining":
            for row in sorted(pending, key=lambda row: row.stream == "legal" or row.stream == "fiscal"):
                owner = names[row.owner.username]
                self.ask(
                    owner,
                    "streams.sign",
                    stream=row.stream,
                    version=case.head.number,
                    opinion="sound " * 5,
                    left_open="sound " * 5,
                )
            self.ask("lead", "case.advance", stage="examining")
        elif case.stage == "judging":
            self.panel()
            self.appraise()
            self.ask("lead", "case.advance", stage="judging")
        elif case.stage == "deciding":
            self.decide(draw)
        elif case.stage == "signing":
            for name in ("lead", "finance"):
                self.ask(name, "sheet.approve", path=SHEET, sha256=case.head.tree[SHEET])
            for condition in conditions_of(case.sittings.order_by("pk").last()):
                self.ask("lead", "condition.waive", condition=condition.id, reason="It is met before money moves.")
                self.ask("finance", "condition.agree", condition=condition.id)
            self.ask("chair", "deal.sign", path=SHEET)

    @rule(first=DRAWN, second=DRAWN)
    def onward_twice(self, first, second):
        """Two steps, so that what lies late on the way is reached."""
        self.onward(first)
        self.onward(second)

    def panel(self):
        if ClosedPanel.objects.filter(case=self.case).exists():
            return
        about = {"panel": "p", "question": "q"}
        self.ask("lead", "panel.ask", **about, text="How many?", unit="vehicles")
        for name in ("expert", "member5"):
            self.ask(name, "panel.judge", **about, low=1, mode=2, high=3, reason="so")
        self.ask("lead", "panel.close", panel="p")

    def appraise(self):
        if self.ask("lead", "appraisal.ask", paths=100):
            tasks.appraise.func(AppraisalRun.objects.order_by("pk").last().pk)

    def decide(self, draw):
        for name in (*VOTERS, "finance"):
            if not self.office.people[name].declarations.filter(case=self.case).exists():
                self.ask(name, "interest.declare", has_interest=False)
        going = Sitting.objects.filter(case=self.case, state="open").first()
        if going is None:
            run = AppraisalRun.objects.filter(case=self.case, version=self.case.head, state="done").last()
            if run is None or not self.ask("chair", "vote.open", appraisal=run.pk):
                self.appraise()
            return
        words = ["back"] * 8 + ["decline", "abstain"]
        for name in (*VOTERS, "finance"):
            self.ask(name, "vote.cast", sitting=going.pk, vote=draw.choice(words), reason="so")
        if going.evidence_since:
            self.ask("chair", draw.choice(("vote.uphold", "vote.void")), sitting=going.pk, reasons="so it is")
        self.ask("chair", "vote.close", sitting=going.pk, reasons="counted")

    # anything by anybody

    @rule(name=st.sampled_from(EVERYBODY), seed=DRAWN)
    def anybody_asks_of_a_sitting(self, name, seed):
        draw = random.Random(seed)
        runs, held = list(AppraisalRun.objects.values_list("pk", flat=True)), list(Sitting.objects.all())
        sitting = draw.choice(held).pk if held else 1
        ends = ("vote.close", "vote.abandon", "vote.void", "vote.uphold")
        what = draw.choice(("vote.open", "vote.cast", *ends, "deal.sign", "deal.amend"))
        if what == "vote.open":
            purpose = draw.choice(({}, {"purpose": "add_money", "amount": 50}))
            self.ask(name, what, appraisal=draw.choice(runs) if runs else 1, **purpose)
        elif what == "vote.cast":
            self.ask(name, what, sitting=sitting, vote=draw.choice((*FOR, "decline", "veto")), reason="so")
        elif what in ends:
            self.ask(name, what, sitting=sitting, reasons="counted")
        else:
            self.ask(name, what, path=SHEET, **draw.choice(({}, {"sitting": sitting})))

    @rule(name=st.sampled_from(("lead", "chair", "analyst", "finance")), stage=st.sampled_from(STAGES))
    def anybody_moves_the_case_on(self, name, stage):
        place, before = STAGES.index(self.case.stage), self.case
        if self.ask(name, "case.advance", stage=stage):
            assert STAGES.index(self.case.stage) == place + 1
            assert before.stage == stage
            assert self.case.state == before.state

    @rule(name=st.sampled_from(EVERYBODY), seed=DRAWN)
    def seats_change(self, name, seed):
        draw = random.Random(seed)
        who = self.office.people[draw.choice(EVERYBODY)]
        part = draw.choice(("lead", "analyst", "expert", "member", "chair", "reader"))
        going = Sitting.objects.filter(case=self.case, state="open").first()
        roll = {row[0]: row for row in going.tally["roll"]} if going is not None else {}
        voted = Seat.objects.filter(case=self.case, person=who, part__in=("member", "chair")).exists()
        reasons = draw.choice(("", "because"))
        given = {"person": who.username, "part": part, "weight": draw.choice((1, 1, 3, 10)), "reasons": reasons}
        if self.ask(name, "case.give_seat", **given) and voted and part not in ("member", "chair"):
            assert self.office.people["chair"] == self.office.people[name]
            assert reasons
            assert who.pk not in roll or Interest.objects.filter(case=self.case, person=who, cleared_at=None).exists()

    @rule(name=st.sampled_from(("member", "analyst", "finance", "expert")))
    @precondition(lambda self: Interest.objects.filter(cleared_at=None).count() < 2)
    def somebody_has_an_interest(self, name):
        self.ask(name, "interest.declare", has_interest=True, words="a cousin")

    @rule(seed=DRAWN)
    def evidence_changes(self, seed):
        draw, case = random.Random(seed), self.case
        what = draw.choice(("fact", "sheet", "panel", "folder"))
        if what == "fact":
            fact = {"name": "orders", "period": f"2026-0{draw.randint(1, 5)}-01", "value": "12", "unit": "vehicles"}
            self.ask("analyst", "evidence.add_fact", **fact, known_on="2026-06-15", source="release")
        elif what == "sheet":
            text = FILES[SHEET].replace("600", str(draw.randint(300, 599)))
            self.ask("lead", "sheet.save", path=SHEET, text=text)
        elif what == "panel":
            self.ask("lead", "panel.ask", panel="p", question=f"q{draw.randint(0, 99)}", text="?", unit="ratio")
        else:
            forged = {**FILES, **room_of(), "judgements/p.yaml": "format: 1\n"}
            assert not self.ask("lead", "evidence.replace_folder", archive=archive(forged), why="tidied")
        assert case.state == "open" or self.case.state == case.state

    @rule(name=st.sampled_from(EVERYBODY), what=st.sampled_from(("case.reopen", "case.leave")))
    def anybody_reopens_or_ends(self, name, what):
        judged = {"outcome": "failure"} if what == "case.leave" else {}
        self.ask(name, what, reasons="so it is", **judged)

    # what always holds

    @invariant()
    def nothing_void_opens_a_gate(self):
        case = self.case
        standing = Sitting.objects.filter(case=case, state__in=("open", "closed"), purpose="decide")
        if case.state == "open":
            here = [one for one in standing if case.head_id not in (one.appraisal.version_id, one.upheld_id)]
            assert all(one.state == "open" and one.evidence_since for one in here)
        if case.state == "open" and case.stage in ("signing", "paying", "watching", "left"):
            assert not [one for one in hindered(CaseNow(case), "sign") if one.place.file == "decided_for"]
        if Signing.objects.filter(case=case).exists():
            assert case.state in ("signed", "closed")
            assert STAGES.index(case.stage) >= STAGES.index("paying")
            assert Signing.objects.get(case=case).sitting.state == "closed"
        assert Sitting.objects.filter(case=case, state="open").count() <= 1

    @invariant()
    def no_decision_of_an_open_case_rests_on_a_ballot_with_an_interest(self):
        barred = Interest.objects.filter(case=self.case, cleared_at=None).values("person")
        if self.case.state in ("open", "declined"):
            assert not Sitting.objects.filter(state__in=("open", "closed"), ballots__person__in=barred).exists()

    @invariant()
    def nobody_examines_alone(self):
        signed = Workstream.objects.filter(case=self.case, state="signed")
        if signed.count() == len(STREAMS) and not too_many_streams(CaseNow(self.case)):
            assert len(set(signed.values_list("signed_by", flat=True))) >= 2


def play(office, monkeypatch, examples, steps):
    quick(monkeypatch)
    assert HEADLINE["advice"] in FOR
    begun(office)
    Orders.office = office
    run_state_machine_as_test(
        Orders,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert check_log(office_log()) == ()


def test_in_whatever_order_people_ask_nothing_is_signed_or_decided_that_may_not_be(office, monkeypatch):
    play(office, monkeypatch, 6, 25)


@pytest.mark.prove
def test_in_whatever_order_people_ask_for_long(office, monkeypatch):
    play(office, monkeypatch, 60, 60)
    assert Orders.reached["deal.sign"] > 0
    assert Orders.reached["vote.close"] > Orders.reached["deal.sign"]


def test_the_driver_of_the_orders_comes_to_a_signature_and_more_money_by_the_right_way(office, monkeypatch):
    quick(monkeypatch)
    begun(office)
    Orders.office = office
    machine = Orders()
    machine.begin()
    for seed in range(9):
        machine.onward(seed)
    assert machine.case.state == "signed", (machine.case.state, machine.case.stage)
    machine.teardown()
    assert not Signing.objects.exists()
