"""Each page of the site for one editor alone, without a server; run with the Python of the peer, with HOME and CASE."""

import json
import os
import sys
import time

import django

ROUNDS = 5


def main(home: str, case: str) -> None:
    """Write seconds of the processor and by the clock, queries and bytes of each page as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.peers.wagtailsite.settings")
    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client

    settings.ALLOWED_HOSTS.append("testserver")
    client, found = Client(), {}
    client.force_login(get_user_model().objects.get(username="person0"))
    pages = {
        "home: dashboard": "/admin/",
        "portfolio: list of 1,000": f"/admin/pages/{home}/",
        "case: page to edit": f"/admin/pages/{case}/edit/",
        "evidence: list of 100": f"/admin/pages/{case}/",
        "log: site history": "/admin/reports/site-history/",
        "log of a case: history": f"/admin/pages/{case}/history/",
        "search": "/admin/pages/search/?q=Riverton",
    }
    for name, address in pages.items():
        client.get(address)
        told: list[str] = []
        connection.connection.set_trace_callback(told.append)
        answer = client.get(address)
        connection.connection.set_trace_callback(None)
        took = []
        for _ in range(1 if "site history" in name else ROUNDS):
            cpu, wall = time.process_time(), time.perf_counter()
            client.get(address)
            took.append((time.process_time() - cpu, time.perf_counter() - wall))
        cpu, wall = sorted(took)[len(took) // 2]
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
        found[name] = {"queries": len(told), "cpu": cpu, "wall": wall, "bytes": len(answer.content)}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
