"""The pictures of an entry: one of them is its portrait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QInputDialog, QMenu, QVBoxLayout, QWidget

from studio.widgets.flow_layout import FlowLayout
from studio.widgets.picture_drops import PictureDrops
from studio.widgets.picture_mime import dropped_image, dropped_pictures, has_image
from studio.widgets.picture_tile import PictureTile
from studio.widgets.plain import chain_focus, words
from studio.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from studio.document.bible.entry import Reference
    from studio.panels.bible.pictures import PictureSource
    from studio.widgets.picture_loader import PictureLoader

_TILE = QSize(60, 60)
_GAP = 8


class References(QWidget):
    """A click makes a picture the portrait; its menu moves, describes or removes it.

    Signals:
        portrait_chosen: this picture stands for the entry from now on (its hash).
        edited: the pictures are others, have other captions, or stand in another order.
        add_asked: the person wants to choose a file.
        pictures_given: pictures were dropped or pasted: paths and files' bytes.
    """

    portrait_chosen = Signal(str)
    edited = Signal(object)
    add_asked = Signal()
    pictures_given = Signal(object)

    def __init__(self, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._references: tuple[Reference, ...] = ()
        self._portrait = ""
        self._is_fixed = False
        self._tiles: list[PictureTile] = []
        self._add = PictureTile(self.tr("Add a picture"), "plus", _TILE, loader)
        self._add.setToolTip(self.tr("Choose a file; or drop or paste a picture here"))
        self._add.clicked.connect(self.add_asked)
        self._add.installEventFilter(self)
        self._hint = words(self.tr("Drop or paste pictures here."), "fact", wrap=True)
        self._place = QWidget()
        self._flow = FlowLayout(self._place, _GAP)
        self._flow.addWidget(self._add)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self._place)
        box.addWidget(self._hint)
        PictureDrops(self, self._takes).dropped.connect(self._give)

    def show_pictures(self, references: Sequence[Reference], portrait: str) -> None:
        if (tuple(references), portrait) == (self._references, self._portrait):
            return
        focused = next((i for i, tile in enumerate(self._tiles) if tile.hasFocus()), -1)
        self._references, self._portrait = tuple(references), portrait
        self._rebuild()
        if focused >= 0:
            controls = [*self._tiles, self._add]
            controls[min(focused, len(controls) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_read_only(self, on: bool) -> None:
        self._is_fixed = on
        self._add.setVisible(not on)
        self._hint.setVisible(not on and not self._references)

    @property
    def tiles(self) -> Sequence[PictureTile]:
        return self._tiles

    def paste(self) -> None:
        """Takes what the clipboard holds, if that is pictures."""
        if not self._is_fixed:
            self._give(QGuiApplication.clipboard().mimeData())

    def _rebuild(self) -> None:
        for tile in self._tiles:
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._flow.removeWidget(self._add)
        self._tiles = [self._tile(index) for index in range(len(self._references))]
        self._flow.addWidget(self._add)
        chain_focus(self, [*self._tiles, self._add])
        self._hint.setVisible(not self._references and not self._is_fixed)
        self._place.updateGeometry()

    def _tile(self, index: int) -> PictureTile:
        reference = self._references[index]
        is_portrait = reference.asset == self._portrait
        name = reference.caption or self.tr("Picture {number}").format(number=index + 1)
        spoken = self.tr("{name}, the portrait") if is_portrait else self.tr("{name}")
        tile = PictureTile(spoken.format(name=name), "image", _TILE, self._loader, self._place)
        tile.show_picture(reference.asset)
        tile.installEventFilter(self)
        tile.set_chosen(is_portrait)
        does = self.tr("The portrait") if is_portrait else self.tr("Click to make it the portrait")
        tile.setToolTip(plain_tip("\n".join(filter(None, (reference.caption, does)))))
        tile.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tile.customContextMenuRequested.connect(partial(self._on_tile_menu_requested, index))
        tile.clicked.connect(partial(self._on_tile_clicked, index))
        self._flow.addWidget(tile)
        tile.show()
        return tile

    def _give(self, mime: QMimeData) -> None:
        sources: list[PictureSource] = [*dropped_pictures(mime)]
        if not sources and (data := dropped_image(mime)[0]):
            sources = [data]
        if sources:
            self.pictures_given.emit(sources)

    def _takes(self, mime: QMimeData, source: QObject | None) -> bool:
        return not self._is_fixed and (bool(dropped_pictures(mime)) or has_image(mime))

    def _move(self, index: int, step: int) -> None:
        changed = list(self._references)
        place = min(max(index + step, 0), len(changed) - 1)
        changed.insert(place, changed.pop(index))
        if tuple(changed) != self._references:
            self.edited.emit(tuple(changed))

    def _ask_caption(self, index: int) -> None:
        reference = self._references[index]
        caption, is_given = QInputDialog.getText(
            self, self.tr("Caption"), self.tr("What the picture shows"), text=reference.caption
        )
        changed = replace(reference, caption=" ".join(caption.split()))
        if is_given and changed != reference:
            others = self._references
            self.edited.emit((*others[:index], changed, *others[index + 1 :]))

    def _remove(self, index: int) -> None:
        self.edited.emit(self._references[:index] + self._references[index + 1 :])

    # ---- slots -------------------------------------------------------------------------------

    def _on_tile_clicked(self, index: int) -> None:
        if not self._is_fixed and self._references[index].asset != self._portrait:
            self.portrait_chosen.emit(self._references[index].asset)

    def _on_tile_menu_requested(self, index: int, at: QPoint) -> None:
        if self._is_fixed:
            return
        menu = QMenu(self)
        portrait = menu.addAction(self.tr("Make it the portrait"))
        portrait.triggered.connect(partial(self._on_tile_clicked, index))
        portrait.setEnabled(self._references[index].asset != self._portrait)
        menu.addSeparator()
        earlier = menu.addAction(self.tr("Move to the left"))
        earlier.triggered.connect(partial(self._move, index, -1))
        earlier.setEnabled(index > 0)
        later = menu.addAction(self.tr("Move to the right"))
        later.triggered.connect(partial(self._move, index, 1))
        later.setEnabled(index < len(self._references) - 1)
        menu.addSeparator()
        menu.addAction(self.tr("Caption…")).triggered.connect(partial(self._ask_caption, index))
        menu.addAction(self.tr("Remove")).triggered.connect(partial(self._remove, index))
        menu.exec(self._tiles[index].mapToGlobal(at))
        menu.deleteLater()

    # ---- Qt ----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Before the tile: a button takes arrows for going to the next one.
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        index = next((i for i, tile in enumerate(self._tiles) if tile is watched), -1)
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif index < 0 or self._is_fixed:
            return super().eventFilter(watched, event)
        elif event.key() == Qt.Key.Key_Delete:
            self._remove(index)
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in sideways:
            self._move(index, sideways[Qt.Key(event.key())])
        else:
            return super().eventFilter(watched, event)
        return True
