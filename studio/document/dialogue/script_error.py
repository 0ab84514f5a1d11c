"""What is wrong with a script, and where."""

from __future__ import annotations


class ScriptError(ValueError):
    """A line that means nothing; `line` and `column` count from 1."""

    def __init__(self, line: int, column: int, reason: str) -> None:
        super().__init__(f"Line {line}, column {column}: {reason}.")
        self.line, self.column, self.reason = line, column, reason
