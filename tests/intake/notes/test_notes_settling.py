"""What an import left open is settled in one step: doubts about dates with one reason, names that are only near."""

import pytest
import yaml
from tests.intake.notes.test_notes import GOOD, imported

from guanzi.base.core import InvalidInput
from guanzi.intake.notes import accept_names, confirm_facts, doubtful_facts, proposals
from guanzi.record.evidence import load_case, read_outcome

FLAG = "source_dated_after_decision: content describes the state at or before the decision"
LATER = "https://unknown.example/2016/09/03/later"


def flagged(*changes, lang="en", tmp_path=None, **options):
    """The example's notes with entries of which only the source is later."""
    notes = yaml.safe_load(GOOD)
    for entry in notes["facts_known_at_decision"]:
        entry |= {"source": LATER, "availability": FLAG, "as_of": "2015-03-31", "note": None}
    for index, change in enumerate(changes):
        notes["facts_known_at_decision"][index] |= change
    return imported(tmp_path, yaml.safe_dump(notes, allow_unicode=True), lang=lang, **options)


def seen(folder):
    case = load_case(folder)
    return {fact.id for fact in case.view(case.decision_date).facts}


def test_facts_whose_source_alone_is_later_are_confirmed_together_with_one_reason(tmp_path):
    made = flagged({}, {"availability": "source_undated"}, tmp_path=tmp_path)
    assert seen(made.folder) == set()
    assert load_case(made.folder).fitness == "unfit"
    confirmed = confirm_facts(made.folder, "The pages repeat filings of spring 2015.")
    assert len(confirmed) == 7
    case = load_case(made.folder)
    assert seen(made.folder) == set(confirmed)
    assert {f.held_because for f in case.facts} == {"The pages repeat filings of spring 2015."}
    written = yaml.safe_load((made.folder / "facts" / "confirmed.yaml").read_text("utf-8"))["confirmed"]
    assert [group["doubt"] for group in written] == ["source_dated_after_decision", "source_undated"]


def test_the_import_confirms_them_when_it_is_given_the_reason(tmp_path):
    made = flagged(tmp_path=tmp_path, confirm="The pages repeat filings of spring 2015.")
    assert len(seen(made.folder)) == 7


def test_a_case_is_fit_as_soon_as_enough_is_confirmed(tmp_path):
    made = flagged({"source": "https://other.example/2016/01/01/page"}, tmp_path=tmp_path)
    assert load_case(made.folder).fitness == "unfit"
    confirm_facts(made.folder, "The pages repeat filings of spring 2015.")
    case = load_case(made.folder)
    assert (case.fitness, case.unfit_because) == ("fit", "")


@pytest.mark.parametrize(
    "change",
    [
        {"name": "site_status", "value": "closed in Sept 2016", "unit": "text"},
        {"note": "published 30 Dec 2015"},
        {"name": "revenue_2016"},
        {"availability": "ok", "as_of": "2015-12-31"},
        {"availability": "perhaps"},
        {"availability": None},
    ],
)
def test_a_doubt_about_the_content_is_not_settled_in_passing(tmp_path, change):
    made = flagged(change, tmp_path=tmp_path)
    doubts = doubtful_facts(load_case(made.folder))
    (content,) = [d.fact.id for d in doubts if not d.one_step]
    confirm_facts(made.folder, "The pages repeat filings of spring 2015.")
    assert content not in seen(made.folder)
    confirm_facts(made.folder, "Seen in the data room.", [content])
    assert content in seen(made.folder)


def test_a_reason_that_is_empty_confirms_nothing(tmp_path):
    made = flagged(tmp_path=tmp_path)
    with pytest.raises(InvalidInput):
        confirm_facts(made.folder, "  ")
    assert seen(made.folder) == set()


def test_a_fact_that_is_not_there_is_refused_with_the_nearest(tmp_path):
    made = flagged(tmp_path=tmp_path)
    with pytest.raises(InvalidInput) as caught:
        confirm_facts(made.folder, "Because.", ["market-valeu"])
    assert "market-value" in str(caught.value.problems[0].fix)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("confirmed:\n- {because: seen, facts: [nobody]}\n", "evidence.confirmed.unknown"),
        (
            "confirmed:\n- {because: a, facts: [market-value]}\n- {because: b, facts: [market-value]}\n",
            "evidence.confirmed.twice",
        ),
        ("confirmed:\n- {becuase: seen, facts: [market-value]}\n", "reading.format.unknown_field"),
        ("confirmed: seen\n", "reading.format.wrong_value"),
    ],
)
def test_what_is_wrong_with_a_confirmation_is_said_with_its_place(tmp_path, text, cause):
    made = imported(tmp_path)
    (made.folder / "facts" / "confirmed.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        load_case(made.folder)
    assert (cause, True) in {(p.cause.id, p.place.file.endswith("confirmed.yaml")) for p in caught.value.problems}


def test_a_confirmation_does_not_touch_what_nobody_doubted(tmp_path):
    made = imported(tmp_path)
    before = {f.id: f.held_because for f in load_case(made.folder).facts}
    (made.folder / "facts" / "confirmed.yaml").write_text(
        "confirmed:\n- {because: seen, facts: [planned-jobs]}\n", encoding="utf-8"
    )
    assert (
        next(f for f in load_case(made.folder).facts if f.id == "planned-jobs").held_because == before["planned-jobs"]
    )


NEAR = [
    {"name": "preorders", "value": 700, "unit": "count"},
    {"name": "cash_burn_2014", "value": 12, "unit": "GBP m", "as_of": "2014-12-31"},
    {"name": "district_cluster", "value": 50, "unit": "firms (over)"},
]


def test_near_names_are_accepted_where_they_stand_with_subject_and_sign(tmp_path):
    made = flagged(*NEAR, tmp_path=tmp_path)
    comment = "# checked by hand\n"
    path = made.folder / "facts" / "facts.yaml"
    path.write_text(comment + path.read_text("utf-8"), encoding="utf-8")
    assert {(p.fact.name, p.near.name) for p in proposals(load_case(made.folder)) if p.near} >= {
        ("preorders", "orders"),
        ("cash_burn", "free_cash_flow"),
        ("district_cluster", "cluster_firms"),
    }
    accept_names(made.folder)
    facts = {f.id: f for f in load_case(made.folder).facts}
    assert (facts["preorders"].name, facts["preorders"].number) == ("orders", 700.0)
    assert (facts["cash-burn-2014"].name, facts["cash-burn-2014"].number) == ("free_cash_flow", -12.0)
    assert (facts["district-cluster"].name, facts["district-cluster"].subject) == ("cluster_firms", "region")
    assert path.read_text("utf-8").startswith(comment)


def test_one_name_can_be_accepted_alone(tmp_path):
    made = flagged(*NEAR, tmp_path=tmp_path)
    accept_names(made.folder, ["preorders"])
    names = {f.id: f.name for f in load_case(made.folder).facts}
    assert (names["preorders"], names["district-cluster"]) == ("orders", "district_cluster")


@pytest.mark.parametrize(
    ("told", "label", "decision"),
    [
        ("refusal (justified)", "refused", "refused"),
        ("justified refusal", "refused", "refused"),
        ("rejected by the county, built elsewhere", "refused", "refused"),
        ("declined; the company failed", "refused", "refused"),
        ("not approved", "refused", "refused"),
        ("open (too early to say)", "ongoing", "approved"),
        ("open (decision pending)", "ongoing", "open"),
        ("first rejected, then approved; failure", "failure", "approved"),
        ("failure of the company; success of the contract", "failure", "approved"),
        ("partly successful", "partial", "approved"),
        ("bankrupt within two years", "failure", "approved"),
        ("success (for the fund)", "success", "approved"),
    ],
)
def test_a_label_is_read_from_the_words_of_the_notes_and_a_refusal_is_no_approval(tmp_path, told, label, decision):
    made = imported(tmp_path, GOOD.replace("failure (no start)", f'"{told}"'))
    assert (made.label, made.unlabelled) == (label, None)
    assert read_outcome(made.folder).label.label == label
    assert load_case(made.folder).decision == decision


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("outcome_label: failure (no start)\n", "", "silent"),
        ("failure (no start)", "grey", "words"),
        ("failure (no start)", "no success", "words"),
        ("{name: bankruptcy, value: '2017-03-01', unit: date, as_of: '2017-03-01', source: null}", "", "undated"),
    ],
)
def test_why_there_is_no_label_is_told_and_kept(tmp_path, old, new, cause):
    text = GOOD.replace(old, new)
    if cause == "undated":
        text = text.replace("outcome_facts:\n- \n", "outcome_facts: []\n")
        text = text.replace("- {name: subsidy_total, value: 70, unit: GBP m, as_of: '2016-01-31', source: null}\n", "")
    made = imported(tmp_path, text)
    assert made.unlabelled.id == f"evidence.notes.unlabelled.{cause}"
    outcome = read_outcome(made.folder)
    assert outcome.label is None
    assert outcome.unlabelled


def covenants(tmp_path, *texts, tranches=()):
    notes = yaml.safe_load(GOOD)
    notes["covenants"] = [{"text": text, "source": None} for text in texts]
    notes["tranches"] = list(tranches)
    made = imported(tmp_path, yaml.safe_dump(notes))
    clauses = load_case(made.folder).sheets[0].document.data["unknown_clauses"]
    return clauses, [r for r in made.remarks if r.kind == "left_out"]


@pytest.mark.parametrize(
    "duty",
    [
        "Annual tax of 2.23bn CNY from end of 2023.",
        "At least 6m sq ft by 2026-01-31 and 1,800 full-time jobs.",
        "Full plant no later than Q4 2019, first car three months later.",
        "Amount actually paid plus 10% a year.",
    ],
)
def test_a_duty_with_a_later_deadline_is_in_the_sheet(tmp_path, duty):
    clauses, left = covenants(tmp_path, duty)
    assert duty in {clause["text"] for clause in clauses.values()}
    assert left == []


def test_an_instalment_with_a_later_day_is_in_the_sheet(tmp_path):
    clauses, left = covenants(
        tmp_path, tranches=[{"date": "2019-09", "amount": 40, "unit": "GBP m", "condition": "audit"}]
    )
    assert "2019-09" in clauses["instalment_1"]["text"]
    assert "40" in clauses["instalment_1"]["text"]
    assert left == []


def test_of_a_clause_only_the_part_that_tells_the_outcome_is_left_out_and_named(tmp_path):
    told = "in Feb 2017 the first 75m of recovery was placed behind two investors."
    clauses, (left,) = covenants(tmp_path, f"Lender first in line; {told}")
    assert "Lender first in line" in {clause["text"] for clause in clauses.values()}
    assert told in str(left.text)


@pytest.mark.parametrize("told", ["129 drawn of 249", "100, none drawn"])
def test_what_was_drawn_is_named_and_not_in_the_sheet(tmp_path, told):
    tranche = {"date": "to 2017-10", "amount": told, "unit": "GBP m", "condition": "milestones"}
    clauses, (left,) = covenants(tmp_path, tranches=[tranche])
    assert "milestones" in clauses["instalment_1"]["text"]
    assert "drawn" not in str(clauses)
    assert "drawn" in str(left.text)
