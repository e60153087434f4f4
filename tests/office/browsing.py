"""An office that runs as people run it, and people who use it with a browser alone."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, TimeoutError, expect

CHROMIUM = "/usr/bin/chromium"
ALONE = ["--no-sandbox", "--disable-gpu", "--in-process-gpu"]
"""Words for a browser that nobody sees; what paints is no process of its own."""
QUICK = """\
import hashlib

slow = hashlib.pbkdf2_hmac
hashlib.pbkdf2_hmac = lambda name, word, salt, rounds, length=None: slow(name, word, salt, min(rounds, 1_000), length)
"""
"""What every process of an office of the tests reads as it begins: passwords are hashed in a moment."""
PASSWORD = "a word that is my own"
STALE = 600
"""Seconds after which people of a walk enter again; what is grave asks for an entering of the last 900."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


STAFF = """\
import json, sys
from pathlib import Path
from guanzi import office
office.choose(Path(sys.argv[1]))
office.prepare()
from guanzi.office.actions import load_actions
from guanzi.office.serving.demonstration import invent_people
load_actions()
print(json.dumps(invent_people(must_change=True)))
"""
"""Gives a folder the people of the demonstration, without its cases."""


@contextmanager
def running(data: Path, database: str = "", cases: bool = True):
    """An office with the people of its demonstration: address, and their passwords for one time; its cases, or none."""
    port = free_port()
    quick = data.parent / f"{data.name}.quick"
    quick.mkdir()
    (quick / "sitecustomize.py").write_text(QUICK)
    own = {"PYTHONPATH": os.pathsep.join((str(quick), *sys.path)), "COLUMNS": "120", "DATABASE_URL": database}
    env = os.environ | own
    env.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "guanzi", "office", "--data", str(data), "--port", str(port)]
    if not cases:
        made = subprocess.run([sys.executable, "-c", STAFF, str(data)], env=env, capture_output=True, text=True)
        assert made.returncode == 0, made.stderr
        staff, command = json.loads(made.stdout.splitlines()[-1]), [*command, "--empty"]
    printed = data.parent / f"{data.name}.txt"
    told_by_it = data.parent / f"{data.name}.log"
    with printed.open("w") as out, told_by_it.open("w") as log:
        process = subprocess.Popen(command, stdout=out, stderr=log, env=env, cwd=data.parent)
    try:
        deadline = time.monotonic() + 600
        while not _answers(port):
            assert process.poll() is None, printed.read_text()
            assert time.monotonic() < deadline, "the office does not answer"
            time.sleep(0.3)
        told = dict(re.findall(r"^│ (\w+) +│ ([\w-]+) +│", printed.read_text(), re.M)) if cases else staff
        yield f"http://127.0.0.1:{port}", told
        assert '"error"' not in told_by_it.read_text(), told_by_it.read_text()[-3000:]
    except AssertionError as error:
        error.add_note(told_by_it.read_text()[-3000:])
        raise
    finally:
        process.terminate()
        process.wait(120)


def _answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


class Visitor:
    """Somebody at a browser of his own."""

    def __init__(self, browser, base, lang):
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, locale=lang, base_url=base)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.lang, self.username, self.entered = lang, "", 0.0

    def enter(self, username, told):
        """Enter with the password for one time and choose another by the same form, and one's language."""
        page = self.page
        self._give(username, told)
        page.click("form[action='/enter/'] summary")
        page.fill("[name=new]", PASSWORD)
        page.click("form[action='/enter/'] button")
        expect(page).to_have_url(re.compile(r"//[^/]+/(company/)?$"), timeout=60_000)
        self.username, self.entered = username, time.monotonic()
        if self.lang == "zh" and page.locator("html").get_attribute("lang") != "zh-CN":
            page.click("button[name=language]")
            expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
        return self

    def _give(self, username, password):
        self.page.goto("/enter/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", password)

    def go(self, path):
        """Open a page; on a slow machine whoever entered long ago enters again, as what is grave asks of him."""
        if self.username and time.monotonic() - self.entered > STALE:
            self._give(self.username, PASSWORD)
            self.page.click("form[action='/enter/'] button")
            expect(self.page).to_have_url(re.compile(r"//[^/]+/(company/)?$"), timeout=60_000)
            self.entered = time.monotonic()
        self.page.goto(path)
        return self

    def ask(self, action, having="", refused=False, tick="", **fields):
        """Fill the form that asks for an action, and send it.

        Args:
            action: The first that the form asks for.
            having: Selector of a field that it must hold.
            refused: Whether it is refused.
            tick: Selector of a box of it that is ticked.
            fields: What is typed and chosen.
        """
        forms = self.page.locator(f"form[action='/do/{action}/']")
        form = (forms.filter(has=self.page.locator(having)) if having else forms).first
        assert form.count(), (action, having, self.reads())
        for _ in range(form.locator("xpath=ancestor::details[not(@open)]").count()):
            form.locator("xpath=ancestor::details[not(@open)]").first.locator("summary").first.click()
        if tick:
            form.locator(tick).check()
        for name, value in fields.items():
            field = form.locator(f"[name={name}]").first
            kind = field.evaluate("e => e.tagName + ':' + e.type")
            if kind == "SELECT:select-one":
                field.select_option(value)
            elif kind == "INPUT:file":
                field.set_input_files(value)
            else:
                field.fill(str(value))
        if refused:
            form.locator("button").last.click()
            form.locator(".wrong, .refusal").first.wait_for()
            return self
        try:
            with self.page.expect_event("load", timeout=60_000):
                form.locator("button").last.click()
        except TimeoutError:
            raise AssertionError((action, form.locator(".wrong, .refusal").all_inner_texts(), self.reads())) from None
        assert "/do/" not in self.page.url, (action, self.reads())
        return self

    def shoot(self, path):
        """A picture of a page with which axe finds nothing wrong, and which fits the width of a phone."""
        found = Axe().run(self.page).response["violations"]
        assert not found, (self.page.url, [(one["id"], one["nodes"][0]["html"][:300]) for one in found])
        self.page.screenshot(path=str(path), full_page=True)
        self.page.set_viewport_size({"width": 360, "height": 780})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size({"width": 1280, "height": 900})
        assert wide <= 360, (self.page.url, wide)

    def reads(self):
        return self.page.locator("main").inner_text()
