"""An appraisal for people who program: advice, figures, findings and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest
from guanzi.jobs.appraisal import Appraisal, Text
from guanzi.jobs.appraisal import appraisal as appraising
from guanzi.notebook.refusals import refusing
from guanzi.notebook.rows import NamedRows
from guanzi.render import localise


@dataclass(frozen=True)
class AppraisedCase:
    """What an appraisal found; shown in a notebook, it is its brief.

    Attributes:
        result: The answer of the service.
    """

    result: appraising.Result

    @property
    def appraisal(self) -> Appraisal:
        """The whole appraisal, as ``appraisal.json`` holds it."""
        return self.result.appraisal

    @property
    def advice(self) -> str:
        """``back``, ``back_with_conditions``, ``decline`` or ``insufficient_evidence``."""
        return self.appraisal.advice

    @property
    def figures(self) -> NamedRows:
        """Every figure: value (the median where it is simulated), ends of the interval, unit, and what it is.

        A gap has no value. ``kind``: fact, derived, simulated, policy or gap; ``parents``: ids of what it rests on.
        """
        held = self.appraisal.figures.values()
        return NamedRows({
            "id": [figure.id for figure in held],
            "label": [_localised(figure.label) for figure in held],
            "value": [figure.value for figure in held],
            "low": [figure.low for figure in held],
            "high": [figure.high for figure in held],
            "unit": [figure.unit for figure in held],
            "kind": [figure.kind for figure in held],
            "parents": [" ".join(figure.parents) for figure in held],
        })  # fmt: skip

    @property
    def findings(self) -> NamedRows:
        """Every finding of due diligence: risk, asset or gap, how severe, in a sentence, and the facts it rests on."""
        held = self.appraisal.findings
        return NamedRows({
            "id": [finding.id for finding in held],
            "stream": [finding.stream for finding in held],
            "kind": [finding.kind for finding in held],
            "severity": [finding.severity for finding in held],
            "text": [_localised(finding.text) for finding in held],
            "facts": [" ".join(finding.facts) for finding in held],
        })  # fmt: skip

    @refusing
    def plot(self, fan: str = "cash", lang: str = "en") -> Drawn:
        """What could happen to a quantity of the company: bands of 50 % and 90 % around the median.

        Args:
            fan: Id of the quantity, one of ``appraisal.fans``.
            lang: Language of its words.

        Raises:
            InvalidInput: Nothing is simulated of it.
        """
        from guanzi.jobs.appraisal import FanDrawing  # loads late: charts need a large library

        fans = {id: told for id, told in self.appraisal.fans.items() if told.dates}
        if fan not in fans:
            close = nearest(fan, tuple(fans)) or ", ".join(fans)
            cause = Message.of("notebook.no_fan", name=fan)
            fix = Message.of("notebook.no_fan.mend", names=close) if fans else None
            raise InvalidInput(Problem(cause, Place("plot"), fix, excerpt=fan))
        picture = FanDrawing(fans[fan], self.appraisal.as_of).picture(lang)
        return Drawn(picture.wide, picture.alternative)

    @refusing
    def write(self, folder: str | Path | None = None, lang: str = "en") -> Path:
        """Write ``appraisal.json`` and the dossier; the path of the dossier comes out.

        Raises:
            InvalidInput: The folder cannot be written.
        """
        where = None if folder is None else Path(folder)
        return appraising.write(self.result, appraising.PagesRequest(lang, where)).dossier

    def __repr__(self) -> str:
        found = self.appraisal
        return f"AppraisedCase({found.case.id!r}, as of {found.as_of:%Y-%m-%d}: {found.advice})"

    def _repr_html_(self) -> str:
        from guanzi.jobs.appraisal import brief_document  # loads late, as above
        from guanzi.render import document_html

        page = document_html(brief_document(self.appraisal))
        framed = page.replace("&", "&amp;").replace('"', "&quot;")
        return f'<iframe srcdoc="{framed}" style="width:100%;height:60em;border:0"></iframe>'


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that a notebook shows.

    Attributes:
        svg: The drawing.
        alternative: What it shows, in words.
    """

    svg: str
    alternative: str

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"Drawn({self.alternative!r})"


def _localised(text: Text) -> str:
    return localise(Message.from_dict(text.model_dump()), "en")
