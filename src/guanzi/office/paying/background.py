"""What is computed of several cases in the background: once for the same files, and kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Lock

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.cases.contents import within
from guanzi.office.cases.folders import holding, lay_out

_KEPT = 32
"""Answers that a process keeps, those that were asked for last."""
_QUEUE = 8
"""Questions that wait for their turn at the most."""


class CaseAnswers[T]:
    """Answers over the folders of several cases.

    Attributes:
        kept: What is computed or being computed, by what was asked.
    """

    def __init__(self, name: str) -> None:
        self.kept: OrderedDict[Hashable, Future[T]] = OrderedDict()
        self._worker = ThreadPoolExecutor(1, name)
        self._lock = Lock()

    def ask(
        self, asked: Hashable, trees: Mapping[str, Mapping[str, str]], find: Callable[[Sequence[Path]], T]
    ) -> Future[T]:
        """The answer over cases as their files stand; the first to ask begins it.

        Args:
            asked: All on which it depends besides the files.
            trees: Id of each case to its files and their hashes.
            find: Finds it of the folders of the cases, in the order of their ids.

        Raises:
            InvalidInput: Too many questions wait.
        """
        ordered = sorted(trees.items())
        key = (asked, tuple((slug, frozenset(tree.items())) for slug, tree in ordered))
        with self._lock:
            if key not in self.kept:
                if sum(not one.done() for one in self.kept.values()) >= _QUEUE:
                    raise InvalidInput(Problem(Message.of("office.refused.queue_full"), Place("")))
                held = ExitStack()
                folders = tuple(held.enter_context(holding(lay_out(slug, tree))) for slug, tree in ordered)
                self.kept[key] = self._worker.submit(_found, held, folders, find)
            self.kept.move_to_end(key)
            while len(self.kept) > _KEPT:
                self.kept.popitem(last=False)
            return self.kept[key]


def _found[T](held: ExitStack, folders: Sequence[Path], find: Callable[[Sequence[Path]], T]) -> T:
    """What is found of folders that are held, and let go afterwards."""
    with held:
        try:
            return find(folders)
        except InvalidInput as error:
            problems = list(error.problems)
            for folder in folders:
                problems = [within(problem, folder) for problem in problems]
            raise InvalidInput(problems) from error
