"""`python -m dimios_dash.serving.tied PARENT ARGUMENTS…`: python with the arguments, ended when PARENT is gone.

Linux tells us of a parent's death however it died; what we become keeps being told.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(parent: int, arguments: list[str]) -> None:
    """Never returns."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before we asked to be told
        sys.exit("the parent is gone")
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606, ourselves, without a shell


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
