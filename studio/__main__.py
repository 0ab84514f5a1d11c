"""The command `fabula`: a verb goes to the command line, anything else opens the window."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Imports the window only where it is wanted: every child imports this module again."""
    multiprocessing.freeze_support()
    from studio.cli.main import is_for_command_line, run

    if is_for_command_line(sys.argv[1:]):
        return run(sys.argv[1:])
    from studio import fast_start

    fast_start.hold_collector()
    import PySide6.QtCore  # noqa: F401 - so that its import function can be taken back

    fast_start.import_plainly()
    from studio.app import run_window

    return run_window(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
