"""What applies to a text: which entries a model would be told of, why, and what has no room."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from studio.document.bible.retrieval import Fired, Reason, Retrieval, retrieve
from studio.icons import icon
from studio.panels.bible import wording
from studio.widgets.hinted_list import HintedList
from studio.widgets.knob import Knob
from studio.widgets.plain import labelled, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.background import Background
    from studio.bible_meanings import BibleMeanings, Scores
    from studio.document.bible.bible import Bible

_LOOK_AFTER_MS = 200
_BUDGET = 1000
_MOST_BUDGET = 32_000
_LETTERS_PER_TOKEN = 4  # of English, as tokenizers of language models cut it on average
_TEXT_PX = 150
_ID = Qt.ItemDataRole.UserRole


class TryDialog(QDialog):
    """Signals:
    followed: the person goes to an entry (its id).
    """

    followed = Signal(str)

    def __init__(
        self,
        bible: Callable[[], Bible],
        background: Background,
        meanings: BibleMeanings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bible, self._background, self._meanings = bible, background, meanings
        self._newest = 0
        self._asked = ""  # the text whose meaning was asked for last
        self._similar: Scores = {}
        self.setWindowTitle(self.tr("What applies to this text?"))
        self.resize(600, 620)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("Text"))
        self.text.setPlaceholderText(self.tr("Paste a scene, a line of dialogue or a prompt"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_TEXT_PX)
        self.budget = Knob(self.tr("Room, in tokens"), 100, 4000, _MOST_BUDGET)
        self.budget.set_value(_BUDGET)
        self.summary = words("", "fact", wrap=True)
        self.found = HintedList(
            self.tr("Entries are listed here whose name or keyword is in the text.")
        )
        self.found.setAccessibleName(self.tr("Entries that apply"))
        self.found.setWordWrap(True)
        self.found.setSpacing(2)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._timer = QTimer(self, singleShot=True, interval=_LOOK_AFTER_MS)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 20, 20, 20)
        box.setSpacing(12)
        box.addWidget(labelled(self.tr("Text"), self.text))
        box.addWidget(self.budget)
        box.addWidget(self.summary)
        box.addWidget(self.found, 1)
        self._timer.timeout.connect(self.look)
        self.text.textChanged.connect(self._timer.start)
        self.budget.value_changed.connect(self._timer.start)
        self.found.itemActivated.connect(self._on_found_item_activated)
        self.look()

    def look(self) -> None:
        """Looks again, in a thread: text and bible may be long. What is near in meaning follows."""
        self._timer.stop()
        text, bible = self.text.toPlainText(), self._bible()
        if text != self._asked:
            self._asked, self._similar = text, {}
            self._meanings.similar(text, bible, partial(self._on_meanings_compared, text))
        self._look(text, bible)

    def _look(self, text: str, bible: Bible) -> None:
        work = partial(
            retrieve,
            text,
            bible,
            budget=round(self.budget.value),
            count_tokens=about_tokens,
            similar=self._similar,
        )
        self._newest += 1
        self._background.run(work, partial(self._on_looked, self._newest, bible))

    def _on_meanings_compared(self, text: str, similar: Scores) -> None:
        if similar and text == self._asked:
            self._similar = similar
            self._look(text, self._bible())

    def _on_looked(self, number: int, bible: Bible, result: Retrieval) -> None:
        if number != self._newest:
            return
        self.found.clear()
        for fired in result.fired:
            self._add(bible, fired.entry_id, fired.reasons, _cost(fired), "check", "ok")
        for out in result.fell_out:
            cost = _tr("no room for {tokens} tokens").format(tokens=out.tokens)
            self._add(bible, out.entry_id, out.reasons, cost, "minus-circle", "muted")
        told = self.tr("{count} entries apply, with about {tokens} of {budget} tokens.")
        if len(result.fired) == 1:
            told = self.tr("1 entry applies, with about {tokens} of {budget} tokens.")
        parts = [
            told.format(
                count=len(result.fired), tokens=result.tokens, budget=round(self.budget.value)
            )
        ]
        if result.is_over_budget:
            parts.append(self.tr("What is always on is more than fits, and is told all the same."))
        if result.fell_out:
            left_out = self.tr("{count} have no room.")
            if len(result.fell_out) == 1:
                left_out = self.tr("1 has no room.")
            parts.append(left_out.format(count=len(result.fell_out)))
        self.summary.setText(" ".join(parts))

    def _add(
        self,
        bible: Bible,
        entry_id: str,
        reasons: tuple[Reason, ...],
        cost: str,
        symbol: str,
        token: str,
    ) -> None:
        entry = bible.get(entry_id)
        if entry is None:
            return
        why = ", ".join(wording.reason(reason, bible) for reason in reasons)
        item = QListWidgetItem(icon(symbol, token), f"{entry.name} · {cost}\n{why}")
        item.setData(_ID, entry_id)
        self.found.addItem(item)

    def _on_found_item_activated(self, item: QListWidgetItem) -> None:
        self.followed.emit(item.data(_ID))


def about_tokens(text: str) -> int:
    """How many tokens a language model needs for it, roughly: no such model is asked here."""
    return -(-len(text) // _LETTERS_PER_TOKEN)


def _cost(fired: Fired) -> str:
    short = _tr("{tokens} tokens, as its summary")
    return (short if fired.shortened else _tr("{tokens} tokens")).format(tokens=fired.tokens)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Bible", text)
