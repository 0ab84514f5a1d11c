"""Findings for a terminal, as JSON, and as SARIF for build servers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import __version__
from studio.document.dialogue.findings import CODES, Finding, Severity
from studio.document.dialogue.nodes import Line, Menu

if TYPE_CHECKING:
    from studio.document.dialogue.story import Place, Story

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LONGEST = 40


def finding_line(story: Story, finding: Finding) -> str:
    """One line for a person, with the path to it where there is one."""
    picks = [step for step in finding.witness if step.choice]
    way = "".join(f" > {_choice_text(story, step.place, step.choice)}" for step in picks)
    path = f" (after{way})" if way else ""
    where = _where(story, finding.place)
    return f"{finding.severity}: {where}: {finding.reason} [{finding.code}]{path}"


def finding_json(finding: Finding) -> dict[str, Any]:
    """Everything a finding says."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "conversation": finding.place.conversation,
        "node": finding.place.node,
        "part": finding.part,
        "reason": finding.reason,
        "witness": [{"place": str(step.place), "choice": step.choice} for step in finding.witness],
    }


def sarif(story: Story, findings: Sequence[Finding], file: Path) -> dict[str, Any]:
    """SARIF 2.1.0 of OASIS; places are logical ones, as a story need not be lines of text."""
    results = [
        {
            "ruleId": each.code,
            "level": _LEVELS[each.severity],
            "message": {"text": f"{_where(story, each.place)}: {each.reason}"},
            "locations": [
                {
                    "physicalLocation": {"artifactLocation": {"uri": file.as_posix()}},
                    "logicalLocations": [{"fullyQualifiedName": str(each.place)}],
                }
            ],
        }
        for each in findings
    ]
    rules = [
        {"id": code, "defaultConfiguration": {"level": _LEVELS[severity]}}
        for code, severity in CODES.items()
    ]
    driver = {"name": "Fabula Studio", "version": __version__, "rules": rules}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }


def _where(story: Story, place: Place) -> str:
    node = story.find(place) if place.node else None
    if node is None:
        return place.conversation or "story"
    said = node.title or (node.text if isinstance(node, Line) else "")
    text = f" “{said[:_LONGEST]}{'…' if len(said) > _LONGEST else ''}”" if said else ""
    return f"{place}{text}"


def _choice_text(story: Story, place: Place, choice: str) -> str:
    node = story.find(place)
    choices = node.choices if isinstance(node, Menu) else ()
    return next((each.text for each in choices if each.id == choice), choice)
