"""Run a command that the kernel ends when our parent ends, even by ``kill -9``.

    python -I -S tether.py SIGNAL PARENT COMMAND [ARGUMENT ...]

A small program of its own rather than a `preexec_fn`, which is unsafe in a process with threads.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def tie_to(parent: int, signal: int) -> None:
    """Have the kernel send *signal* to this process when *parent* ends; end now if it has."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0) != 0:
        sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
    if os.getppid() != parent:  # it died before we could ask
        os._exit(1)


def main(signal: str, parent: str, *command: str) -> None:
    """Ask for *signal* at the death of *parent*, then become *command*."""
    tie_to(int(parent), int(signal))
    try:
        os.execvp(command[0], command)  # noqa: S606 - to become it is the purpose
    except OSError as error:
        sys.exit(f"{command[0]}: {error.strerror}")


if __name__ == "__main__":
    main(*sys.argv[1:])
