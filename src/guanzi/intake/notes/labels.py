"""What notes say became of a decision, as a label of the record."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guanzi.intake.notes.mapping import tables

_HEAD = re.compile(r"[(;:\[]")
_TURNED = re.compile(r"\b(?:then|later|finally|eventually)\W+(?:\w+\W+)?(?:approved|accepted|granted|supported|agreed)")
_DENIED = re.compile(r"\b(?:not|no|never|neither)\W+(?:an?\W+)?$")
_UNDECIDED = re.compile(
    r"\b(?:undecided|not (?:yet )?decided|decision (?:is )?(?:pending|open)|awaiting (?:a )?decision)\b"
)


@dataclass(frozen=True, slots=True)
class ReadLabel:
    """A label.

    Attributes:
        label: ``success``, ``partial``, ``failure``, ``ongoing`` or ``refused``; empty when the words say none.
        decided: False when the words say that nothing was decided yet.
    """

    label: str
    decided: bool = True


def read_label(text: str) -> ReadLabel:
    """The label that words say, by what stands before the first bracket or semicolon, then by the whole.

    >>> [read_label(t).label for t in ("refusal (justified)", "open (too early to say)", "rejected by the county")]
    ['refused', 'ongoing', 'refused']
    >>> read_label("failure of the company; success of the contract").label, read_label("no success").label
    ('failure', '')
    """
    words = text.lower()
    undecided = _UNDECIDED.search(words) is not None
    for part in (_HEAD.split(words)[0], words):
        found = [
            (match.start(), rank, label)
            for rank, (pattern, label) in enumerate(tables().labels)
            for match in re.finditer(rf"\b(?:{pattern.pattern})\b", part)
            if not _DENIED.search(part[: match.start()]) and not (label == "refused" and _TURNED.search(part))
        ]
        if found:
            return ReadLabel(min(found)[2], not undecided)
    return ReadLabel("", not undecided)
