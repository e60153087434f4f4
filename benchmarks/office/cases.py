"""Invented cases, as folders: each with facts, a source a year, a term sheet and a document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import yaml

SHEET = "terms/offer.yaml"
FACTS = 100
_REGIONS = (
    ("Riverton", "河城"), ("Lakeside", "湖滨"), ("Northgate", "北关"), ("Eastport", "东港"), ("Hillfort", "山堡"),
    ("Westbridge", "西桥"), ("Saltmarsh", "盐泽"), ("Stonefield", "石原"), ("Greenford", "青渡"), ("Newhaven", "新埠"),
)  # fmt: skip
_TRADES = (("Motors", "汽车"), ("Works", "制造"), ("Energy", "能源"), ("Mobility", "出行"))
_INDUSTRY = "battery-electric-vehicles"
_SERIES = (
    ("deliveries", "vehicles", 900), ("revenue", "CNY m", 310), ("net_loss", "CNY m", 42), ("cash", "CNY m", 800),
    ("r_and_d", "CNY m", 25), ("capex", "CNY m", 31), ("total_debt", "CNY m", 500),
    ("capacity", "vehicles/year", 20_000),
)  # fmt: skip
_ONCE = (
    ("largest_customer_share", "ratio", 0.2), ("largest_supplier_share", "ratio", 0.3), ("patents", "count", 120),
    ("orders", "vehicles", 1_200),
)  # fmt: skip
_STATES = ("cash", "total_debt", "capacity")


def slug_of(n: int) -> str:
    """Id of a case."""
    return f"case-{n:04}"


def folder_of(n: int, opened: date) -> Mapping[str, bytes]:
    """The files of a case that is opened on a day: no case has the same as another."""
    region, trade = _REGIONS[n % len(_REGIONS)], _TRADES[n % len(_TRADES)]
    company = (f"{region[0]} {trade[0]} {n}", f"{region[1]}{trade[1]}{n}")
    header = {
        "format": 1,
        "case": slug_of(n),
        "title": {"en": f"{company[0]} and {region[0]}", "zh": f"{company[1]}与{region[1]}"},
        "company": {"id": f"company-{n}", "name": company[0], "name_zh": company[1]},
        "region": {"id": region[0].lower(), "name": region[0], "name_zh": region[1]},
        "industry": _INDUSTRY,
        "model": "scale-up-manufacturer",
        "currency": "CNY",
        "decision_date": opened,
        "question": f"Should {region[0]} buy a minority of {company[0]}?",
    }
    sources = {
        f"report-{year}": {
            "publisher": company[0],
            "title": f"Results of {year}",
            "date": date(year + 1, 3, 18),
            "grade": "B",
        }
        for year in range(opened.year - 4, opened.year - 1)
    }
    files = {
        "case.yaml": _yaml(header),
        "facts/facts.yaml": _yaml({"sources": sources, "facts": list(_facts(n, opened))}),
        SHEET: _yaml(_terms(n, company[0], region[0], opened)),
    }
    return {name: text.encode() for name, text in files.items()} | _room(n, company[0], opened)


def _facts(n: int, opened: date) -> Iterator[dict[str, Any]]:
    """A hundred facts: eight series of three years by quarters, and four alone."""
    for year in range(opened.year - 4, opened.year - 1):
        for quarter in range(1, 5):
            end = date(year + quarter // 4, quarter * 3 % 12 + 1, 1) - timedelta(days=1)
            for name, unit, start in _SERIES:
                yield {
                    "id": f"{name.replace('_', '-')}-{year}-q{quarter}",
                    "name": name,
                    "period": end if name in _STATES else f"{year}Q{quarter}",
                    "value": start + 7 * n % 97 + 11 * quarter + 50 * (year - opened.year + 4),
                    "unit": unit,
                    "known_on": date(year + 1, 3, 18),
                    "source": f"report-{year}",
                }
    year = opened.year - 2
    for name, unit, value in _ONCE:
        yield {
            "id": name.replace("_", "-"),
            "name": name,
            "period": year,
            "value": value,
            "unit": unit,
            "known_on": date(year + 1, 3, 18),
            "source": f"report-{year}",
        }


def _terms(n: int, company: str, region: str, opened: date) -> dict[str, Any]:
    """A stake in two instalments, the second for the headquarters, with a put and two covenants."""
    first, second = 100 + n % 37 * 10, 200 + n % 23 * 20
    return {
        "deal": slug_of(n),
        "title": {"en": f"Stake in {company}", "zh": f"入股第{n}号企业"},
        "status": "definitive",
        "currency": "CNY",
        "unit": "1e6",
        "known_on": opened,
        "signed": opened,
        "horizon": "6 years",
        "step": "quarter",
        "source": f"report-{opened.year - 2}",
        "parties": {"company": {"role": "issuer", "name": company}, "city": {"role": "public", "name": region}},
        "instruments": {
            "stake": {
                "type": "equity",
                "issuer": "company",
                "share": "24%",
                "tranches": [
                    {"id": "t1", "amount": first, "due": opened + timedelta(days=120), "if": "event('closing')"},
                    {"id": "t2", "amount": second, "due": opened + timedelta(days=400), "if": "tier('headquarters')"},
                ],
            },
            "put": {
                "type": "put",
                "on": "stake",
                "obligors": ["company"],
                "price": {"rate": "8%", "basis": "simple"},
                "when": "months_since('t1') > 48 and not listed",
            },
        },
        "covenants": {
            "volume": {
                "name": {"en": "deliveries of a quarter", "zh": "季度交付量"},
                "require": "units >= 500",
                "remedy": "put",
                "text": {
                    "en": "At least 500 vehicles are delivered in every quarter.",
                    "zh": "每季度交付不少于500辆。",
                },
            }
        },
        "events": {
            "closing": {
                "name": "conditions of the closing are met",
                "due": opened + timedelta(days=100),
                "by": "company",
                "probability": 0.9,
            }
        },
        "tiers": [{"id": "headquarters", "when": "hq_local", "proof": "business licence and payroll"}],
    }


def _room(n: int, company: str, opened: date) -> dict[str, bytes]:
    """A document: what the company wrote of itself."""
    said = f"{company} describes its plant, its suppliers and its orders.\n\n"
    text = said + "\n\n".join(
        f"Section {part}: the line {n % 13 + part} has run since {opened.year - 2} with {part + n % 7} suppliers "
        f"nearby; the headquarters are to stand in the region, and orders cover {n % 9 + part} months of output."
        for part in range(1, 40)
    )
    content = text.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    line = {
        "id": "description", "file": f"{sha256}.txt", "sha256": sha256, "bytes": len(content), "kind": "text",
        "title": f"Description of {company}", "original": "description.txt", "known_on": opened.isoformat(),
        "pages": 1, "characters": len(text), "tables": 0,
    }  # fmt: skip
    return {"documents/index.jsonl": (json.dumps(line) + "\n").encode(), f"documents/{sha256}.txt": content}


class _Plain(yaml.CSafeDumper):
    """Writes everything out: case folders have no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        """Everything."""
        return True


def _yaml(data: Mapping[str, Any]) -> str:
    return str(yaml.dump(data, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1_000))
