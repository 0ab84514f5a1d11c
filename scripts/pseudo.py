"""A stand-in for a translation: every text is a third longer and has accents."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

_ACCENTS = str.maketrans("aeiouAEIOUcn", "áéíóúÁÉÍÓÚçñ")
_LONGER = 0.4
_WORD = 9  # letters of the words that are added: lines break between them, as in any language


class PseudoTranslator(QTranslator):
    """Shows at a glance what is not translatable and what does not wrap or elide."""

    def translate(
        self,
        context: str,
        source_text: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        if context == "QShortcut":  # names of keys are short in every language
            return source_text
        if "{" in source_text or "%" in source_text:  # the names in it are not words
            return source_text + _padding(source_text)
        return source_text.translate(_ACCENTS) + _padding(source_text)

    def isEmpty(self) -> bool:
        return False


def _padding(text: str) -> str:
    whole, rest = divmod(max(1, round(len(text) * _LONGER)), _WORD)
    return " ".join(["~" * (_WORD - 1)] * whole + ["~" * rest] * bool(rest))
