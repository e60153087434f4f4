"""What every test can use: where the repository lies, and the research data beside it where they are at hand."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture.providers import HypothesisProvider
from hypothesis.internal.constants_ast import Constants
from tests import sources, spoken
from tests.sampling import PROVE, leave_to_the_proofs
from tests.shuffling import shuffled

REPOSITORY = Path(__file__).resolve().parents[1]

# The tests run thousands of programs, each in every run: what one run compiled, the next one takes from the shelf.
os.environ.setdefault("GUANZI_PROGRAMS", "6000")

SELDOM = (50_000, 20, 10)
"""Garbage is looked for after so many new objects; by the usual numbers that takes a tenth of the time of a run."""

# The machines that run these tests are shared: a slow example is not a failure.
settings.register_profile("guanzi", deadline=None, max_examples=10, derandomize=True)
settings.register_profile(PROVE, settings.get_profile("guanzi"), max_examples=40)
settings.load_profile("guanzi")

# Random values come of the test alone: else also of the literals in whatever modules happen to be loaded.
HypothesisProvider._local_constants = Constants()  # type: ignore[assignment]


def pytest_addoption(parser):
    """Let a run have another order than that of the files."""
    parser.addoption("--shuffle", type=int, metavar="SEED", help="order of files, and of the tests of each")


@pytest.hookimpl(wrapper=True)
def pytest_collection(session):
    """Gather the tests without looking for garbage, never look for any in what they hold, and afterwards seldom."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(*SELDOM)
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path):
    """Look for examples only in files that have any: the finder would import each file, and walk all that it holds."""
    found = yield
    if file_path.suffix != ".py" or ">>> " in file_path.read_text("utf-8"):
        return found
    return [one for one in found if isinstance(one, pytest.Module)]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Leave to the proofs what is theirs of long sweeps, and put the tests into the order that was asked for."""
    leave_to_the_proofs(items)
    if config.getoption("shuffle") is not None:
        items[:] = shuffled(items, config.getoption("shuffle"))


def pytest_runtest_teardown(item, nextitem):
    """Let go of the trees of the code after the last of the tests that read them."""
    if sources.reads_code(item.nodeid) and not (nextitem and sources.reads_code(nextitem.nodeid)):
        sources.forget()
        spoken.forget()


def pytest_terminal_summary(terminalreporter, config):
    """Say by which seed the order comes again."""
    if config.getoption("shuffle") is not None:
        terminalreporter.write_line(f"in the order of --shuffle {config.getoption('shuffle')}")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Share files, and pages of the documentation, among workers when ``--dist loadfile`` is asked for."""
    if config.getoption("dist") != "loadfile":
        return None
    from tests.scheduling import ByFileOrPage

    return ByFileOrPage(config, log)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return REPOSITORY


@pytest.fixture(scope="module")
def few_trees() -> Iterator[None]:
    """A scan is learnt with a tenth of its trees, for tests that look at no figure of it: they are most of its cost."""
    from lightgbm import LGBMClassifier

    fit = LGBMClassifier.fit
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(LGBMClassifier, "fit", lambda model, *data: fit(model.set_params(n_estimators=20), *data))
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The research data beside the repository; tests that need them are skipped where they are absent."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the research data are not beside this repository")
    return folder
