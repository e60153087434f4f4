"""How bodies come in: who stops sending loses his turn, and nobody holds all turns of everybody."""

import asyncio

import pytest

from guanzi.office import asgi
from guanzi.office.bodies import RECEIVED, TOO_MANY, TOO_SLOW

LENGTH = 50_000_000
"""At the slowest pace that is allowed it takes a quarter of an hour."""


@pytest.fixture
def told(monkeypatch):
    """Why bodies were not received, in the order in which they were answered; each is of whom its path names."""
    found = []

    def answered(environ):
        found.append(environ[RECEIVED])
        return 200, [], b""

    monkeypatch.setattr(asgi, "_answered", answered)
    monkeypatch.setattr(asgi, "refusal_of", lambda environ: ("", int(environ["PATH_INFO"].strip("/"))))
    return found


async def send(whose, receive):
    """Let a person send a large body."""
    heads = [(b"content-length", str(LENGTH).encode()), (b"content-type", b"multipart/form-data; boundary=x")]
    scope = {"type": "http", "method": "POST", "path": f"/{whose}/", "headers": heads, "scheme": "http"}
    await asgi.application(scope | {"query_string": b"", "http_version": "1.1"}, receive, _nothing)


async def _nothing(message):
    """Nobody listens."""


async def _stops():
    await asyncio.sleep(3_600)


def test_a_large_body_that_stops_coming_is_given_up_long_before_it_could_have_come(told, monkeypatch):
    monkeypatch.setattr(asgi, "PATIENCE", 0.2)
    begun = iter([{"type": "http.request", "body": b"x" * 100, "more_body": True}])

    async def receive():
        return next(begun, None) or await _stops()

    asyncio.run(asyncio.wait_for(send(7, receive), 60))
    assert told == [TOO_SLOW]


def test_one_person_does_not_hold_the_turns_of_all_others(told):
    async def run():
        his = [asyncio.create_task(send(7, _stops)) for _ in range(asgi.LARGE_COMING)]
        done, going = await asyncio.wait(his, timeout=60, return_when=asyncio.FIRST_COMPLETED)
        while len(going) > asgi.LARGE_OF_ONE:
            done, going = await asyncio.wait(going, timeout=60, return_when=asyncio.FIRST_COMPLETED)
            assert done
        refused = list(told)
        other = asyncio.create_task(send(8, _stops))
        await asyncio.sleep(1)
        ended = other.done()
        for task in (*going, other):
            task.cancel()
        await asyncio.gather(*going, other, return_exceptions=True)
        return refused, ended

    refused, ended = asyncio.run(run())
    assert refused == [TOO_MANY] * (asgi.LARGE_COMING - asgi.LARGE_OF_ONE)
    assert not ended
    assert not +asgi._sending
