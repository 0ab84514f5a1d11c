"""What the tray shows of the canvas's candidates, and what its buttons and keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from studio.panels.inpaint.expanding import TOOL as EXPAND
from studio.panels.inpaint.tray_pictures import TrayPictures

if TYPE_CHECKING:
    from studio.canvas.workbench import Workbench
    from studio.panels.inpaint.batch import Batch
    from studio.panels.inpaint.candidates import Candidates
    from studio.panels.inpaint.looking import Looking
    from studio.panels.inpaint.making import Making
    from studio.panels.inpaint.mask_watch import MaskWatch
    from studio.panels.inpaint.session import Session
    from studio.panels.inpaint.view import InpaintView
    from studio.widgets.picture_loader import PictureLoader

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TrayDesk(QObject):
    """Signals:
    busy_changed: candidates are being made for this canvas, or no more.
    """

    busy_changed = Signal()

    def __init__(
        self,
        bench: Workbench,
        session: Session,
        candidates: Candidates,
        looking: Looking,
        making: Making,
        mask: MaskWatch,
        view: InpaintView,
        loader: PictureLoader,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench, self._session, self._candidates = bench, session, candidates
        self._looking, self._making, self._mask, self._view = looking, making, mask, view
        self._pictures = TrayPictures(bench, loader)
        candidates.changed.connect(self._on_candidates_changed)
        candidates.arrived.connect(self._on_candidates_arrived)
        session.opened.connect(self.show)
        session.closed.connect(self.show)
        looking.changed.connect(self.show)
        loader.loaded.connect(self.show)
        view.tray.cell_chosen.connect(self._on_tray_cell_chosen)
        view.tray.keep_asked.connect(self.keep)
        view.tray.reject_asked.connect(self.reject)
        view.tray.more_asked.connect(self.more)
        view.tray.retry_asked.connect(self.retry)
        view.canvas.installEventFilter(self)

    @property
    def batch(self) -> Batch | None:
        """Of the canvas that is shown."""
        return self._candidates.batch(self._session.key)

    @property
    def is_making(self) -> bool:
        return self.batch is not None and bool(self.batch.running)

    def has_candidate(self) -> bool:
        """Whether there is one to look at."""
        return self.batch is not None and bool(self.batch.ready)

    def has_batch(self) -> bool:
        return self.batch is not None

    def is_looking(self) -> bool:
        return self._looking.cell is not None

    def show(self) -> None:
        """Everything as it stands."""
        batch = None if self._session.is_loading else self.batch
        if batch is not None:
            self._pictures.begin(batch, self._mask.area)
        self._view.tray.show_batch(batch, self._looking.cell, self._pictures.image)
        self.busy_changed.emit()

    def step(self, by: int) -> None:
        """Looks at the next candidate (1) or the one before (-1), round and round."""
        if self.batch is None or not self.batch.ready:
            return
        ready, cell = self.batch.ready, self._looking.cell
        place = ready.index(cell) + by if cell in ready else (0 if by > 0 else -1)
        self._looking.show(ready[place % len(ready)], self.batch.margins)

    def keep(self) -> None:
        """What is looked at becomes a layer; the others are gone."""
        batch = self.batch
        if batch is not None and self._looking.keep(batch.title):
            self._candidates.drop(self._session.key)

    def reject(self) -> None:
        """None of them; what is under way is given up."""
        self._looking.end()
        self._candidates.drop(self._session.key)

    def more(self) -> None:
        """Others like these beside them."""
        if self.batch is not None and self.batch.ready and not self.batch.running:
            self._making.more(self.batch)

    def retry(self) -> None:
        """What failed, once more."""
        self._candidates.retry(self._session.key)

    # ---- slots -------------------------------------------------------------------------------

    def _on_candidates_changed(self, key: str) -> None:
        if key == self._session.key:
            self.show()

    def _on_candidates_arrived(self, key: str) -> None:
        """The first one is shown at once, where the person does nothing else on the canvas."""
        batch = self.batch
        if key != self._session.key or batch is None or len(batch.ready) != 1:
            return
        if not self._is_tool_busy():
            self._looking.show(batch.ready[0], batch.margins)

    def _on_tray_cell_chosen(self, place: int) -> None:
        batch = self.batch
        if batch is None or place >= len(batch.cells) or batch.cells[place].patch is None:
            return
        if batch.cells[place] is self._looking.cell:
            self._looking.end()
        else:
            self._looking.show(batch.cells[place], batch.margins)
        self._view.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pressed(self, event: QKeyEvent) -> bool:
        """Whether the key was for the tray."""
        key = Qt.Key(event.key())
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain != Qt.KeyboardModifier.NoModifier or self.batch is None:
            return False
        if key in _STEPS and self.has_candidate():
            self.step(_STEPS[key])
        elif key in _ENTER and self.is_looking():
            self.keep()
        elif key == Qt.Key.Key_Escape and not self._is_tool_busy():
            self.reject()
        else:
            return False
        return True

    def _is_tool_busy(self) -> bool:
        """Whether something was begun on the canvas; the frame of Expand stands all the time."""
        bench = self._bench
        return bench.canvas.busy or (bench.tool.underway and bench.spec.id != EXPAND)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        return super().eventFilter(watched, event)
