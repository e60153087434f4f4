"""What a sentence of a contract is about, by its form and its words."""

from __future__ import annotations

import re

from guanzi.deal.drafting.patterns import one_of, shipped
from guanzi.deal.terms import PLAIN_SUBJECTS
from guanzi.intake.contracts import ContractSentence, figures_in

_SUBJECTS = tuple((subject, one_of(found)) for subject, found in shipped().subjects.items())
_ENDED = re.compile(r"[。；;:：.,，]$")
_LONGEST_HEADING = 80


def subject_of(sentence: ContractSentence) -> str:
    """What a sentence is about, one of ``SUBJECTS``; ``other`` where no pattern tells.

    One that states an amount, a share or a count is of none of ``PLAIN_SUBJECTS``.
    """
    plain = sentence.text.lower()
    stated = any(one.kind in ("money", "share", "count") for one in figures_in(plain))
    fitting = [subject for subject, pattern in _SUBJECTS if pattern.search(plain)]
    if not stated and "parties" not in fitting and _is_heading(sentence.text):
        return "heading"
    return next((one for one in fitting if not (stated and one in PLAIN_SUBJECTS)), "other")


def _is_heading(text: str) -> bool:
    """Whether a text only names what follows: in capitals, or short and not ended."""
    return len(text) <= _LONGEST_HEADING and ((text.isupper() and text.isascii()) or not _ENDED.search(text))
