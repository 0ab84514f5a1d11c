from __future__ import annotations

from PySide6.QtGui import QTextDocument

from studio.widgets.plain_tip import plain_tip


def test_markup_is_shown_and_not_obeyed() -> None:
    text = "<img src='//server/share/x.png'> & <b>bold</b>"
    shown = QTextDocument()
    shown.setHtml(plain_tip(text))
    assert shown.toPlainText() == text


def test_plain_words_stay_as_they_are() -> None:
    assert plain_tip("a < b and (red:1.2)") == "a < b and (red:1.2)"
