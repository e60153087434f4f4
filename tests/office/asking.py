"""What may be asked of each question of a job that the office offers, by its name; of a case: of the shipped one."""

from typing import Any

CASE = "nio-hefei-2020"
ASKED: dict[str, dict[str, Any]] = {
    "article": {"as_of": "2023-12-31"},
    "figures": {"of": "hefei", "as_of": "2020-04-29"},
    "bets_list": {},
    "bets_show": {"id": "us-title-xi"},
    "bets_track_record": {"of": "wuhan"},
    "chain_show": {"chain": "nev"},
    "chain_compare": {"chain": "nev", "beside": "wuhu"},
    "chain_gaps": {"chain": "nev", "output": "10-20"},
    "chain_targets": {"chain": "nev", "links": True, "top": 3},
    "chain_open": {"chain": "nev", "anchor": "nio"},
    "chain_labs": {"chain": "nev", "at": "hefei"},
    "scan_effect": {"region": "anhui", "since": 2010},
    "explain": {"as_of": "2020-02-25"},
}
