"""The models, LoRAs and VAEs on this machine, as the window offers them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from pipelines.io_requests import Found, Scan
from pipelines.shipped import shipped_models
from studio.jobs.job import Job
from studio.settings_table import FORGOTTEN_MODELS, LORA_FOLDERS, MODEL_FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pipelines import api
    from pipelines.adapters import EmbeddingRef, LoraRef, VaeRef
    from pipelines.model_ref import Broken, ModelRef
    from studio.jobs.service import JobService
    from studio.settings_store import SettingsStore

log = logging.getLogger(__name__)


class _Lies(Protocol):
    @property
    def path(self) -> Path: ...


_Ref = TypeVar("_Ref", bound=_Lies)


class ModelShelf(QObject):
    """Holds what the last look at the disk found; the look itself runs in the io lane.

    The models that come with the program are there at once. What the person took off the list is
    only in `found`. Signals: `changed` when the lists are others now; `looked` when a look has
    ended, with whether somebody asked for it.
    """

    changed = Signal()
    looked = Signal(bool)

    def __init__(
        self, jobs: JobService, settings: SettingsStore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs, self._settings = jobs, settings
        self._scan: Job | None = None
        self._asked = False
        self.complete = False  # the first look has ended: what is not here is not on the disk
        self.found = Found(shipped_models(), (), (), (), ())
        self.models: tuple[ModelRef, ...] = ()
        self.broken: tuple[Broken, ...] = ()
        self.loras: tuple[LoraRef, ...] = ()
        self.vaes: tuple[VaeRef, ...] = ()
        self.embeddings: tuple[EmbeddingRef, ...] = ()
        self._take_over()
        settings.changed.connect(self._on_settings_changed)

    def find(self, model_id: str) -> ModelRef | None:
        """The model of this id, or the one that lies at this path."""
        for model in self.models:
            if model_id in (model.id, str(model.path)):
                return model
        return None

    def add_folder(self, folder: Path) -> None:
        """Looks into `folder` from now on; nothing in it is moved or changed. Raises OSError."""
        folders = self._settings.get(MODEL_FOLDERS)
        if folder not in folders:
            self._settings.set(MODEL_FOLDERS, (*folders, folder))

    def is_forgotten(self, path: Path) -> bool:
        """Whether the person took what lies at `path` off the list."""
        return path in self._settings.get(FORGOTTEN_MODELS)

    def forget(self, path: Path) -> None:
        """Takes what lies at `path` off the lists; the file stays as it is. Raises OSError."""
        if not self.is_forgotten(path):
            self._settings.set(FORGOTTEN_MODELS, (*self._settings.get(FORGOTTEN_MODELS), path))

    def bring_back(self, path: Path) -> None:
        """Undoes `forget`. Raises OSError."""
        others = tuple(each for each in self._settings.get(FORGOTTEN_MODELS) if each != path)
        self._settings.set(FORGOTTEN_MODELS, others)

    def look_again(self, *, asked: bool = True) -> None:
        """Reads the folders anew; a look that is under way is given up."""
        self._asked = asked
        if self._scan is not None:
            self._scan.cancel()
            self._scan.deleteLater()
        request = Scan(self._settings.get(MODEL_FOLDERS), self._settings.get(LORA_FOLDERS))
        self._scan = Job("pipelines.io_tasks:scan", request, title="Models", parent=self)
        self._scan.succeeded.connect(self._on_scan_succeeded)
        self._scan.failed.connect(self._on_scan_failed)
        self._jobs.run_aside("io", self._scan)

    def _take_over(self) -> None:
        found = self.found
        self.models, self.broken = self._listed(found.models), self._listed(found.broken)
        self.loras, self.vaes = self._listed(found.loras), self._listed(found.vaes)
        self.embeddings = self._listed(found.embeddings)

    def _listed(self, refs: Iterable[_Ref]) -> tuple[_Ref, ...]:
        return tuple(ref for ref in refs if not self.is_forgotten(ref.path))

    def _on_scan_succeeded(self, found: Found) -> None:
        self.found = found
        self._take_over()
        self._end()

    def _on_scan_failed(self, failure: api.Failed) -> None:
        log.warning("looking for models failed: %s", failure.message)
        self._end()

    def _end(self) -> None:
        self.complete = True
        self.changed.emit()
        self.looked.emit(self._asked)

    def _on_settings_changed(self, key: str) -> None:
        if key in (MODEL_FOLDERS.key, LORA_FOLDERS.key):
            self.look_again()
        elif key == FORGOTTEN_MODELS.key:
            self._take_over()
            self.changed.emit()
