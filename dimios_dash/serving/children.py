"""Child processes that live as long as we do: started again when they die, ended when we end, however we end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import structlog

PATIENCE = 8.0  # seconds a child has to end by itself
LONGEST_PAUSE = 30.0
SETTLED = 60.0  # seconds after which a child's death is no longer a failed start
_ENDING = (signal.SIGTERM, signal.SIGINT)

log = structlog.get_logger()


@dataclass(slots=True)
class Child:
    """A python process. `descriptors` are open files that it inherits."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    descriptors: Sequence[int] = ()
    failures: int = 0  # starts in a row that ended too soon
    _process: subprocess.Popen[bytes] | None = None
    _started: float = 0.0

    def keep_alive(self) -> None:
        """Start it if it is not running; after failed starts only when a growing pause is over."""
        if self._process is None:
            self._start()
        elif self._process.poll() is not None and time.monotonic() >= self._started + self._pause():
            died_early = time.monotonic() < self._started + SETTLED
            self.failures = self.failures + 1 if died_early else 1
            log.warning("child_starts_again", child=self.name, code=self._process.returncode)
            self._start()

    def ask_to_end(self) -> None:
        """Send SIGTERM."""
        if self._process is not None:
            self._process.terminate()

    def wait_or_kill(self) -> None:
        """Return when it has ended; it is killed when it takes too long."""
        if self._process is None:
            return
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _start(self) -> None:
        command = [sys.executable, "-m", "dimios_dash.serving.tied", str(os.getpid()), *self.arguments]
        self._started = time.monotonic()
        with _undisturbed():
            self._process = subprocess.Popen(  # noqa: S603, our own programs, no shell
                command,
                env=dict(self.environment),
                pass_fds=tuple(self.descriptors),
                process_group=0,  # Ctrl-C in the terminal is for us; we end them in order
                stdin=subprocess.DEVNULL,
            )

    def _pause(self) -> float:
        """Seconds from one start to the next."""
        return min(2.0**self.failures, LONGEST_PAUSE)


def end(children: Sequence[Child]) -> None:
    """End all of them at the same time."""
    for child in children:
        child.ask_to_end()
    for child in children:
        child.wait_or_kill()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back the signals to end until the block is done: a child must be known before we may be interrupted."""
    came: list[int] = []
    before = {kind: signal.signal(kind, lambda number, _frame: came.append(number)) for kind in _ENDING}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
    if came:
        raise KeyboardInterrupt
