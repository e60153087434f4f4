"""What is missing, on every case that comes with Guanzi: evidence is insufficient only if something could turn it."""

import pytest

from guanzi.advice.appraisal import AppraisalOptions, appraise
from guanzi.advice.appraisal.missing import FEW, fetch_first
from guanzi.base.core import Message, render
from guanzi.record.evidence import builtin_cases, find_case, load_case


@pytest.mark.prove
@pytest.mark.parametrize("case", builtin_cases())
def test_evidence_is_insufficient_exactly_where_a_fact_that_is_missing_could_turn_the_advice(case):
    found = appraise(load_case(find_case(case)), paths=300, options=AppraisalOptions(sensitivity=False))
    turning = [m for m in found.missing if m.material]
    assert bool(turning) == (found.as_signed == "insufficient_evidence")
    assert all(m.if_well != m.if_badly for m in turning)
    assert all(m.if_badly == found.as_signed for m in found.missing if not m.material)
    named = fetch_first(found.missing)
    assert len(named) <= FEW
    if found.advice == "insufficient_evidence":
        assert named
        told = " ".join(render(Message.from_dict(text.model_dump())) for text in found.summary.lead)
        assert all(render(Message.from_dict(m.text.model_dump())) in told for m in named)
