"""What can be asked of a chain, and of which shape the answers are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, TypedDict

from guanzi.console import Ask, KnownBy, Seed, Today
from guanzi.jobs.shared.question import JobQuestion

ChainName = Annotated[str, Ask("argument.chain", metavar="CHAIN", names="guanzi.intake.chains:chain_names")]
At = Annotated[str, Ask("option.chain_at", "--at", "CITY")]
Anchor = Annotated[str, Ask("option.chain_anchor", "--anchor", "FIRM")]


@dataclass(frozen=True, slots=True)
class LinksRequest:
    """What is asked.

    Attributes:
        chain: Name or file of the chain.
        at: Cities, parted by commas.
        anchor: Firms of which the rest is a cluster, parted by commas; empty: none.
        as_of: Knowledge date; None: all.
        seed: Of the draws behind the targets and the openness of a page.
        out: Write the page, or the chain for other tools, instead.
    """

    chain: ChainName
    at: At = "hefei"
    anchor: Anchor = ""
    as_of: KnownBy = None
    seed: Seed = 1
    out: Annotated[Path | None, Ask("option.chain_out", "--out", "FILE")] = None


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """What is asked: as of links; one of the two others at least.

    Attributes:
        beside: Cities that are shown beside those of ``at``, parted by commas; empty: none.
        before: An earlier day that is shown beside the later one; None: none.
        out: Write the picture instead.
    """

    chain: ChainName
    at: At = "hefei"
    beside: Annotated[str, Ask("option.chain_beside", "--beside", "CITY")] = ""
    before: Annotated[date | None, Ask("option.chain_before", "--before", "DATE")] = None
    as_of: KnownBy = None
    out: Annotated[Path | None, Ask("option.chain_picture", "--out", "FILE")] = None


@dataclass(frozen=True, slots=True)
class GapsRequest:
    """What is asked: as of links.

    Attributes:
        output: What the anchors make in a year in any money, ``LOW-HIGH``; empty: no value at stake is told.
    """

    chain: ChainName
    at: At = "hefei"
    anchor: Anchor = ""
    output: Annotated[str, Ask("option.chain_output", "--output", "LOW-HIGH")] = ""
    as_of: KnownBy = None


@dataclass(frozen=True, slots=True)
class TargetsRequest:
    """What is asked: as of links.

    Attributes:
        links: Rank links, by any maker, in place of firms.
        top: Length of the list.
    """

    chain: ChainName
    at: At = "hefei"
    anchor: Anchor = ""
    links: Annotated[bool, Ask("option.chain_links", "--links")] = False
    top: Annotated[int, Ask("option.chain_top", "--top", "K", 1, 100)] = 10
    as_of: KnownBy = None
    seed: Seed = 1


@dataclass(frozen=True, slots=True)
class OpennessRequest:
    """What is asked: as of links, of at least one anchor."""

    chain: ChainName
    at: At = "hefei"
    anchor: Anchor = ""
    as_of: KnownBy = None
    seed: Seed = 1


@dataclass(frozen=True, slots=True)
class LaboratoriesRequest:
    """What is asked: as of links."""

    chain: ChainName
    at: At = "hefei"
    as_of: KnownBy = None


@dataclass(frozen=True, slots=True)
class LeadRequest:
    """What is asked: a case of which firm, by which city, as of links.

    Attributes:
        link: Of the chain that the case is about, where the firm makes several; empty: the first.
        country, currency: Of the city, and in which the case counts.
        out: Folder to make; by default, the ids of firm and city.
    """

    chain: ChainName
    firm: Annotated[str, Ask("argument.chain_firm", metavar="FIRM")]
    at: At = "hefei"
    link: Annotated[str, Ask("option.chain_case_link", "--link", "LINK")] = ""
    country: Annotated[str, Ask("option.new_country", "--country", "CODE")] = "CN"
    currency: Annotated[str, Ask("option.new_currency", "--currency", "CODE")] = "CNY"
    as_of: Today = None
    out: Annotated[Path | None, Ask("option.chain_case", "--out", "FOLDER")] = None


class LinkData(TypedDict):
    """A link with its grade in the place; ``cost_share``: low and high; ``parts``: how many are made there, of all."""

    component: str
    grade: str
    suppliers: list[str]
    planned: list[str]
    parts: list[int]
    cost_share: list[float]
    cost_share_stated: bool
    disputed: bool
    rests_on: list[str]


class LinksData(TypedDict):
    """A chain as a place has it; ``later``: statements that were not known yet."""

    chain: str
    as_of: str
    places: list[str]
    later: int
    view_sha256: str
    links: list[LinkData]


class SideLinkData(TypedDict):
    """A link as one side has it; ``unchecked``: by leads alone that nobody has held against a page."""

    component: str
    grade: str
    suppliers: list[str]
    planned: list[str]
    unchecked: bool
    rests_on: list[str]


class SideData(TypedDict):
    """A chain as one place had it by one day."""

    chain: str
    as_of: str
    places: list[str]
    view_sha256: str
    links: list[SideLinkData]


class NearestPlantData(TypedDict):
    """The nearest plant of a firm from elsewhere."""

    firm: str
    km: float


class LinkGapData(TypedDict):
    """A link that is missing, hangs by few or comes from abroad; ranges are low and high."""

    component: str
    grade: str
    cost_share: list[float]
    cost_share_stated: bool
    groups: list[str]
    single: bool
    cut: int | None
    imports: list[float] | None
    imported: bool
    substitutes: list[str]
    nearest: NearestPlantData | None
    value: list[float] | None


class TargetData(TypedDict):
    """Whom to invite, with the plan; ``top``: how often among the first so many."""

    firm: str | None
    component: str
    top: dict[str, float]
    rank: list[float]
    criteria: dict[str, list[float | None]]
    unknown: list[str]
    buyers: list[str]
    beside: list[str]
    offers: list[str]
    needs: list[str]
    unknown_needs: list[str]
    unknown_offers: list[str]
    laboratories: list[str]
    tier: str


class TargetsData(TypedDict):
    """The list, and how many stood for it."""

    chain: str
    as_of: str
    candidates: int
    targets: list[TargetData]


class CaptivityData(TypedDict):
    """The captive part by the model: 5, 50 and 95 % of the draws, and the odds of each verdict."""

    captive: list[float]
    odds: dict[str, float]


class ClusterSupplierData(TypedDict):
    """A supplier of the cluster; ``share``: of its sales that go to the anchors, low and high.

    ``owned``: what the anchors hold of it, low and high; null where no source states a tie.
    """

    firm: str
    components: list[str]
    share: list[float]
    owned: list[float] | None
    others: list[str]
    verdict: list[str]
    rests_on: list[str]


class RemovalData(TypedDict):
    """What is left without the anchors; parts within 0 and 1, low and high or 5, 50 and 95 %."""

    firms: int
    makers: list[str]
    survive: list[float] | None
    model: list[float] | None
    known: list[float] | None
    links_before: int
    links_after: list[int]
    links_model: list[int]
    value_after: list[float] | None
    missing: list[str]


class OpennessData(TypedDict):
    """Whether a cluster is open or captive; parts within 0 and 1, low and high."""

    anchors: list[str]
    verdict: list[str]
    captive: list[float]
    leaning: list[float]
    model: CaptivityData
    rivals: list[str]
    platforms: list[str]
    suppliers: list[ClusterSupplierData]
    removal: RemovalData


class LaboratoryMatchData(TypedDict):
    """A laboratory with the link that it could strengthen; ``likeness`` within 0 and 1."""

    laboratory: str
    component: str
    grade: str
    codes: list[str]
    depth: int
    likeness: float
    founders: list[str]


LINKS = JobQuestion(
    "chain show",
    LinksRequest,
    LinksData,
    "guanzi.jobs.chains.links:grade",
    screen="guanzi.jobs.chains.commands.chains_screen:show_chain",
)
COMPARE = JobQuestion(
    "chain compare",
    CompareRequest,
    list[SideData],
    "guanzi.jobs.chains.sides:compare",
    screen="guanzi.jobs.chains.commands.chains_screen:show_sides",
)
GAPS = JobQuestion("chain gaps", GapsRequest, list[LinkGapData], "guanzi.jobs.chains.gaps:find")
TARGETS = JobQuestion("chain targets", TargetsRequest, TargetsData, "guanzi.jobs.chains.targets:rank")
OPENNESS = JobQuestion("chain open", OpennessRequest, OpennessData, "guanzi.jobs.chains.openness:judge")
LABORATORIES = JobQuestion(
    "chain labs", LaboratoriesRequest, list[LaboratoryMatchData], "guanzi.jobs.chains.laboratories:match"
)
CASE = JobQuestion(
    "chain case",
    LeadRequest,
    None,
    "guanzi.jobs.chains.leads:find",
    screen="guanzi.jobs.chains.commands.chains_screen:show_lead",
    pages="cli.chain.case.begun",
)
QUESTIONS = (LINKS, COMPARE, GAPS, TARGETS, OPENNESS, LABORATORIES, CASE)
