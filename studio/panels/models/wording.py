"""Kinds, places and licences in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from studio.size_text import size_text

if TYPE_CHECKING:
    from pipelines.hub.requests import HubOffer
    from pipelines.licences import LicenceClass
    from pipelines.model_check.findings import Verdict
    from studio.model_usage import ModelUsage
    from studio.panels.models.entries import Kind, ModelEntry, Source


def say(text: str) -> str:
    return QCoreApplication.translate("ModelsPanel", text)


def count(found: int, total: int) -> str:
    """ "12 of 340 models"."""
    if found == total:
        return say("1 model") if total == 1 else say("{n} models").format(n=f"{total:,}")
    return say("{n} of {total} models").format(n=f"{found:,}", total=f"{total:,}")


def kind(value: Kind) -> str:
    return {
        "picture": say("Picture model"),
        "lora": say("LoRA"),
        "vae": say("VAE"),
        "embedding": say("Embedding"),
        "text": say("Text model"),
        "style": say("Style"),
        "enlarge": say("Enlarging"),
        "meaning": say("Search by meaning"),
        "broken": say("Cannot be used"),
    }[value]


def source(value: Source) -> str:
    return {
        "program": say("Comes with the program"),
        "starters": say("Starter set"),
        "hub": say("Hugging Face cache"),
        "folders": say("Own folders"),
    }[value]


def licence_class(value: LicenceClass) -> str:
    return {
        "open": say("Open"),
        "revenue-capped": say("Revenue-capped"),
        "non-commercial": say("Non-commercial"),
        "gated": say("Gated"),
        "unknown": say("Unknown licence"),
    }[value]


def licence(name: str, value: LicenceClass) -> str:
    """ "OpenRAIL++ (open)"."""
    if not name:
        return say("not named")
    return f"{name} ({licence_class(value).lower()})" if value != "unknown" else name


def facts(entry: ModelEntry) -> str:
    """ "Picture model · SDXL · 6.9 GB · OpenRAIL++ (open)"."""
    size = size_text(entry.size) if entry.size else ""
    named = entry.licence.partition(";")[0]
    terms = licence(named, entry.licence_class) if named else ""
    return " · ".join(part for part in (kind(entry.kind), entry.family, size, terms) if part)


def usage(used: ModelUsage) -> str:
    """ "3 jobs of the queue · 2 documents of the project · 41 pictures of the library"."""
    jobs, documents = len(used.jobs), len(used.documents)
    parts = [
        _amount(jobs, say("1 job of the queue"), say("{n} jobs of the queue")),
        _amount(documents, say("1 document of the project"), say("{n} documents of the project")),
        _amount(used.pictures, say("1 picture"), say("{n} pictures")),
    ]
    return " · ".join(part for part in parts if part) or say("Nothing")


def verdict(found: Verdict) -> str:
    """What a check came to, each objection in a line."""
    if not found.findings:
        return say("Nothing speaks against it.")
    return "\n".join(f"{each.message} {each.hint}".strip() for each in found.findings)


def offer(found: HubOffer) -> list[tuple[str, str]]:
    """Names and values of what would be fetched."""
    size = say("{size} in {n} files").format(size=size_text(found.size), n=len(found.files))
    if found.present:
        size = say("{size}, of which {present} are here").format(
            size=size, present=size_text(found.present)
        )
    rows = [
        (say("Model"), found.question.repo),
        (say("Commit"), found.commit[:10]),
        (say("For"), found.kind or say("not named")),
        (say("Size"), size),
        (say("Licence"), licence(found.licence, found.licence_class)),
    ]
    if found.gated:
        rows.append((say("Gated"), say("Its publisher wants to be asked first")))
    return rows


def _amount(number: int, one: str, many: str) -> str:
    if not number:
        return ""
    return one if number == 1 else many.format(n=f"{number:,}")
