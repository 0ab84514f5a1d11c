"""A process that wants to be the one with the window, and says what became of it."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication

from studio.single_instance import SingleInstance


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def main(name: str, *arguments: str) -> None:
    app = QCoreApplication([])
    instance = SingleInstance(name)
    instance.arguments_received.connect(lambda received: _say("received " + ",".join(received)))
    if instance.try_hand_over(arguments):
        _say("handed over")
        return
    _say("alone")
    if "--hang" in arguments:
        sys.stdin.readline()
        return
    instance.arguments_received.connect(app.quit)
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
