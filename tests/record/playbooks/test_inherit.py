"""A playbook that extends another: what it takes over is a judgement, unless the source holds here, too."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.playbooks.test_load import TEXT
from tests.sampling import examples

from guanzi.base.core import InvalidInput, render
from guanzi.record.playbooks import load_playbook, parse_playbook, playbook_names

HEFEI = load_playbook("hefei")
HEAD = 'format: 1\nid: own\nversion: "1"\nmade_on: 2026-01-01\nextends: hefei\nname: {en: Own, zh: 自有}\n'
ROW = """\
table:
  - id: {id}
    stage: {stage}
    rule: playbooks.rule.public_share
    test: {{figure: mechanism.public_share, op: "<=", value: 0.4}}
    if_fail: decline
    no_evidence: note
    origin: {{kind: judgement, because: {{en: So., zh: 如此。}}}}
"""


def own(text=""):
    return parse_playbook(HEAD + text, "own.yaml")


def refusal(text):
    try:
        own(text)
    except InvalidInput as error:
        return error.problems
    raise AssertionError("it was accepted")


def test_a_playbook_that_says_nothing_decides_as_its_parent_does():
    book = own()
    assert [(r.id, r.test, r.if_fail, r.no_evidence, r.condition) for r in book.table] == [
        (r.id, r.test, r.if_fail, r.no_evidence, r.condition) for r in HEFEI.table
    ]
    assert (book.hurdle_rate.value, book.exit.lock_up_months.value) == (
        HEFEI.hurdle_rate.value,
        HEFEI.exit.lock_up_months.value,
    )
    assert book.governance.structure is None
    assert not book.governance.instruments


def test_what_rests_on_a_source_of_the_parent_becomes_a_judgement():
    assert {origin.kind for origin in own().origins()} == {"judgement"}
    taken = {row.id: row.origin for row in own().table}["loss-probability-80"]
    assert "no rule of this government was found" in render(taken.reason())


@settings(max_examples=examples(12))
@given(st.sets(st.sampled_from([source.id for source in HEFEI.sources])))
def test_unless_the_source_holds_here_too(kept):
    book = own(f"keeps: [{', '.join(sorted(kept))}]\n")
    assert {source.id for source in book.sources} == kept
    assert {o.source for o in book.origins() if o.kind == "source"} <= kept
    for mine, theirs in zip(book.table, HEFEI.table, strict=True):
        assert mine.origin == theirs.origin or theirs.origin.source not in kept


@settings(max_examples=examples(12))
@given(st.sets(st.sampled_from([row.id for row in HEFEI.table]), max_size=10))
def test_rows_that_do_not_belong_are_left_out(names):
    book = own(f"without: [{', '.join(sorted(names))}]\n")
    assert [r.id for r in book.table] == [r.id for r in HEFEI.table if r.id not in names]


def test_a_row_of_the_same_id_replaces_and_a_new_one_ends_its_stage():
    replaced = own(ROW.format(id="size-quarter", stage="gate"))
    assert [r.id for r in replaced.table] == [r.id for r in HEFEI.table]
    assert {r.id: r for r in replaced.table}["size-quarter"].test.figure == "mechanism.public_share"
    added = own(ROW.format(id="partners", stage="limit"))
    ids, stages = [r.id for r in added.table], [r.stage for r in added.table]
    assert stages == sorted(stages, key=["gate", "limit", "tradeoff"].index)
    assert stages[ids.index("partners") + 1] == "tradeoff"


def test_names_that_the_parent_has_not_are_refused_with_their_line():
    (problem,) = refusal("without: [size-third]\n")
    assert "size-third" in render(problem.cause)
    assert problem.place.line == 7
    (problem,) = refusal("keeps: [nowhere]\n")
    assert "nowhere" in render(problem.cause)


def test_a_parent_that_is_not_shipped_is_refused_with_those_that_are():
    try:
        parse_playbook(HEAD.replace("extends: hefei", "extends: atlantis"), "own.yaml")
    except InvalidInput as error:
        (problem,) = error.problems
    assert problem.fix is not None
    assert "shenzhen" in render(problem.fix)


def test_a_mistake_is_found_in_the_file_and_not_in_what_was_taken_over():
    text = ROW.format(id="partners", stage="limit").replace('op: "<="', 'op: "="')
    (problem,) = refusal(text)
    assert "op" in (HEAD + text).splitlines()[problem.place.line - 1]


def test_a_whole_file_needs_no_parent():
    assert parse_playbook(TEXT, "x.yaml").extends == ""


def test_the_shipped_playbooks_differ_in_what_they_ask_of_a_deal():
    tables = {name: frozenset((r.id, str(r.test)) for r in load_playbook(name).table) for name in playbook_names()}
    assert len(set(tables.values())) == len(tables)
    for name in playbook_names():
        book = load_playbook(name)
        if book.pricing is not None:  # another way to read what one government does, and no other government
            continue
        extra = [r for r in book.table if r.id not in {h.id for h in HEFEI.table}]
        assert all(r.origin.kind == "source" for r in extra), name
