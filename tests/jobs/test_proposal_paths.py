"""A proposal says on how many simulated futures it was judged, because another number can give another one."""

import pytest
from tests.jobs.nio import nio

from guanzi.base.core import Message
from guanzi.jobs.appraisal.documents.decided import _proposal
from guanzi.render import Sentence


@pytest.mark.parametrize("paths", [500, 200_000])
def test_the_number_of_futures_stands_beside_the_proposal(paths):
    appraisal = nio()
    found = appraisal.model_copy(update={"versions": appraisal.versions.model_copy(update={"paths": paths})})
    assert found.proposal is not None
    words = [b.words for b in _proposal(found) if isinstance(b, Sentence) and isinstance(b.words, Message)]
    (told,) = [message for message in words if message.id == "reports.proposal.paths"]
    assert dict(told.params)["n"] == paths
