"""Work whose result is needed later, done meanwhile on a processor core that would have nothing to do.

While the network looks at a crop, or waits for the next picture, a second core is mostly idle. What runs there is the
same code on the same numbers, so that results are the same to the bit; only who waits for it changes.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar, cast

import numpy as np

from tracker.compiled_session import keep_to_one_core

T = TypeVar("T")

_IDLE_SECONDS = 0.1
"""Without work for so long the thread ends: none is left when a tracker is let go of or the program ends."""


class Later(Generic[T]):
    """A value that is worked out when it is asked for, unless a ``SpareCore`` has done it by then.

    Asking takes at most as long as working it out: where the other thread hasn't begun, whoever asks does the work.

    Args:
        work: Gives the value; depends on nothing that changes until then.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self._work: Callable[[], T] | None = work
        self._value: T | None = None
        self._at_work = threading.Lock()

    @classmethod
    def known(cls, value: T) -> Later[T]:
        """What has been worked out already."""
        later = cls(lambda: value)
        later.value()
        return later

    def value(self) -> T:
        """The value.

        Raises:
            Exception: What the work raises; asked for again, it is tried again.
        """
        with self._at_work:
            if self._work is not None:
                self._value = self._work()
                self._work = None  # and all that it refers to
        return cast("T", self._value)


class SpareCore:
    """One thread that works things out one after the other, begun at the first and ended when there are no more."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[weakref.ref[Later[Any]]] = queue.SimpleQueue()
        self._coming_or_going = threading.Lock()
        self._is_there = False

    def begin(self, later: Later[Any]) -> None:
        """Have something worked out. What nobody refers to any longer by its turn is left undone."""
        with self._coming_or_going:
            self._waiting.put(weakref.ref(later))
            if self._is_there:
                return
            # without a thread to be had, whoever asks does the work
            with contextlib.suppress(RuntimeError):
                threading.Thread(target=self._serve, name="spare core").start()
                self._is_there = True

    def _serve(self) -> None:
        keep_to_one_core()
        while True:
            try:
                wanted = self._waiting.get(timeout=_IDLE_SECONDS)
            except queue.Empty:
                with self._coming_or_going:
                    if self._waiting.empty():
                        self._is_there = False
                        return
                continue
            _work_out(wanted)


@contextlib.contextmanager
def unless_it_fails(generator: np.random.Generator) -> Iterator[np.random.Generator]:
    """Takes back what a work that raises has drawn, so that trying again gives what it would have given."""
    before = generator.bit_generator.state
    try:
        yield generator
    except BaseException:
        generator.bit_generator.state = before
        raise


def _work_out(wanted: weakref.ref[Later[Any]]) -> None:
    later = wanted()
    if later is not None:
        # whoever asks for the value tries again, and gets the error
        with contextlib.suppress(Exception):
            later.value()
