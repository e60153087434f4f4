"""Pages say how far headline figures may be off by chance, and where a row or an answer hangs on it."""

import pytest
from tests.jobs.nio import nio

from guanzi.advice.appraisal import HEADLINES, Text
from guanzi.base.core import Message, render
from guanzi.jobs.appraisal.documents.decided import _proposal, rows_table
from guanzi.jobs.shared.documents.figures import format_figure
from guanzi.jobs.shared.documents.parents import parents_of
from guanzi.render import Sentence


@pytest.mark.parametrize(("lang", "said"), [("en", "sampling error ± "), ("zh", "抽样误差±")])
def test_headlines_are_told_with_their_error_and_no_other_figure_is(lang, said):
    figures = nio().figures
    told = {id for id, figure in figures.items() if said in format_figure(figure, lang, figures)}
    assert told == {id for id in HEADLINES if figures[id].error}
    assert len(told) >= 6


@pytest.mark.parametrize(("lang", "said"), [("en", "cannot be told apart"), ("zh", "无法区分")])
def test_a_row_that_hangs_on_chance_says_so(lang, said):
    found = nio()
    row = next(row for row in found.rows if any(found.figures[id].error for id in row.figures))
    id = next(id for id in row.figures if found.figures[id].error)
    for unclear, expected in (((), 0), ((id,), 1)):
        rows = tuple(r.model_copy(update={"unclear": unclear if r.id == row.id else ()}) for r in found.rows)
        table = rows_table(found.model_copy(update={"rows": rows}), parents_of(found))
        notes = [note.words for line in table.rows for cell in line.cells for note in cell.notes]
        assert sum(said in render(note, lang) for note in notes if isinstance(note, Message)) == expected


def test_what_cannot_be_told_of_the_other_side_stands_at_the_proposal():
    found = nio()
    assert found.proposal is not None
    told = Text(id="appraisal.unclear.gain", params={"value": -1.0, "error": 2.0, "paths": 500})
    offer = found.proposal.model_copy(update={"unclear": (told,)})
    blocks = list(_proposal(found.model_copy(update={"proposal": offer})))
    words = [b.words for b in blocks if isinstance(b, Sentence) and isinstance(b.words, Message)]
    assert [message.id for message in words].count("appraisal.unclear.gain") == 1
