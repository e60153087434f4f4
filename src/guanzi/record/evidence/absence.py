"""Absence said in words: "none in Riverton" is a value of a fact, and it is no plant."""

from __future__ import annotations

import re

#: How a text begins that says that a thing is not there. Names that begin alike (Wuxi is 无锡, Leapmotor is 零跑,
#: "No. 2 plant") and figures of speech ("no less than", "not only") say that it is.
_ABSENT = re.compile(
    r"""\s*(?:
        (?:none(?!\s+other)|nothing(?!\s+(?:but|less))|nobody|no\s+one|nowhere|nil|n/a|never|without)\b(?!-)
      | no\b(?!\s*\.?\s*\d|\s+(?:less|fewer|later|longer\s+only)\b|-)
      | not\b(?!\s+(?:only|just|least)\b|-)
      | zero\b(?!-)
      | 0+(?:\.0+)?(?![\d.,:/-])
      | [-–—]+\s*$
      | 无(?![锡为棣极人线论]) | 没有 | 未(?![来央]) | 尚[无未] | 暂[无未] | 并[无未] | 不存在 | 不适用
      | 零(?![跑部售件碳排])
    )""",
    re.IGNORECASE | re.VERBOSE,
)
#: How a text begins that says that a thing is still to come.
_NOT_YET = re.compile(
    r"\s*(?:(?:unfinished|unbuilt|planned|intended|projected|proposed|under\s+construction|to\s+be\s+\w+)\b"
    r"|在建|拟建|筹建|规划中|计划)",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\s*(?:none|nothing|nobody|no|nil|n/a|not\s+applicable|[-–—]+|0|无|没有|暂无|尚无|不适用)"
    r"(?:\s+(?:known|reported|recorded|held|seen|found|on\s+record|so\s+far|yet))*\s*[.。]?\s*",
    re.IGNORECASE,
)


def means_absence(text: str) -> bool:
    """Whether a text says that the thing it should describe is not there, or not yet.

    Examples:
        >>> means_absence("none in Riverton; cars are built elsewhere"), means_absence("无锡工厂")
        (True, False)
    """
    return bool(_ABSENT.match(text) or _NOT_YET.match(text))


def says_nothing(text: str) -> bool:
    """Whether a text is no more than a "none"; "no process licensed" says which thing is lacking.

    Examples:
        >>> says_nothing("none known"), says_nothing("no process licensed")
        (True, False)
    """
    return _NOTHING.fullmatch(text) is not None
