"""A storyboard from a script: scenes by their headings, shots by their notes or by what happens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studio.document.storyboard.model import Scene, Sequence, Shot, Speech, Storyboard, new_id
from studio.document.storyboard.vocabulary import find_term
from studio.formats.boards.board_notes import read_scene_note, read_shot_note
from studio.formats.fountain.elements import Element, ElementType
from studio.formats.fountain.lines import BLANKS
from studio.formats.fountain.markup import notes, plain, runs, without_notes

if TYPE_CHECKING:
    from studio.formats.fountain.elements import Script

_TEXTS = (ElementType.ACTION, ElementType.CENTRED)


def board_from_script(script: Script) -> Storyboard:
    """A board with the scenes of a script; a section of the first level begins a sequence.

    Where a scene has notes of shots, each begins one. Elsewhere every paragraph of action does, and
    every speech by somebody else than the one before. Texts lose their markup. What stands before
    the first heading belongs to the first scene.
    """
    reader = _Reader()
    for element in script.elements:
        reader.take(element)
    return Storyboard(new_id(), title=_line(script.title), sequences=reader.finished())


_NOT_IN_BOARDS = {
    ElementType.BONEYARD: "Passages that are commented out",
    ElementType.PAGE_BREAK: "Page breaks",
}


def lost_in_boards(script: Script) -> tuple[str, ...]:
    """Sentences about what a script has and its storyboard does not."""
    lost = [
        f"{what} of the script are left out."
        for kind, what in _NOT_IN_BOARDS.items()
        if any(element.type is kind for element in script.elements)
    ]
    fields = [e.key for e in script.elements if e.type is ElementType.TITLE]
    if others := [key for key in fields if key.casefold() != "title"]:
        lost.append(f"Of the title page only the title is kept, not {', '.join(others)}.")
    if any(e.type is ElementType.SECTION and e.level > 1 for e in script.elements):
        lost.append("Sections below the first level are left out.")
    if any(len(runs(e.text)) > 1 and plain(e.text) != without_notes(e.text) for e in _told(script)):
        lost.append("Emphasis is left out.")
    if any(e.type in (ElementType.LYRICS, ElementType.CENTRED) for e in script.elements):
        lost.append("Lyrics become dialogue, and centred text action.")
    return tuple(lost)


def _told(script: Script) -> list[Element]:
    kinds = (ElementType.ACTION, ElementType.DIALOGUE, ElementType.CENTRED, ElementType.LYRICS)
    return [element for element in script.elements if element.type in kinds]


@dataclass
class _Reader:
    """Collects elements until a scene is whole."""

    sequences: list[Sequence] = field(default_factory=lambda: [Sequence(new_id())])
    scene: Scene = field(default_factory=lambda: Scene(new_id()))
    body: list[Element] = field(default_factory=list)
    synopsis: list[str] = field(default_factory=list)
    is_noted: bool = False

    def take(self, element: Element) -> None:
        match element.type:
            case ElementType.SCENE_HEADING:
                # What a script says before its first heading belongs to its first scene.
                if self.scene.heading or self.is_noted:
                    self._end_scene()
                heading = _line(element.text)
                self.scene = replace(self.scene, heading=heading, number=element.number)
            case ElementType.SECTION if element.level == 1:
                self._end_scene()
                self.sequences.append(Sequence(new_id(), title=_line(element.text)))
            case ElementType.SYNOPSIS if (self.scene.heading or self.is_noted) and not self.body:
                self.synopsis.append(plain(element.text))
            case ElementType.NOTE if scene_id := read_scene_note(element.text):
                if self.is_noted:  # one without a heading
                    self._end_scene()
                self.scene = replace(self.scene, id=scene_id)
                self.is_noted = True
            case _:
                self.body.append(element)

    def finished(self) -> tuple[Sequence, ...]:
        self._end_scene()
        return tuple(s for s in self.sequences if s.scenes or s.title) or (Sequence(new_id()),)

    def _end_scene(self) -> None:
        shots = _shots(self.body)
        if self.scene.heading or self.is_noted or shots:
            last = self.sequences[-1]
            ids = {scene.id for sequence in self.sequences for scene in sequence.scenes}
            scene = replace(
                self.scene,
                id=new_id() if self.scene.id in ids else self.scene.id,
                synopsis="\n".join(self.synopsis),
                shots=shots,
            )
            self.sequences[-1] = replace(last, scenes=(*last.scenes, scene))
        self.scene, self.body, self.synopsis = Scene(new_id()), [], []
        self.is_noted = False


def _shots(body: list[Element]) -> tuple[Shot, ...]:
    has_notes = any(
        read_shot_note(note, Shot("")) for element in body for note in _notes_of(element)
    )
    cutter = _Cutter(has_notes)
    for element in body:
        cutter.take(element)
    seen: set[str] = set()
    result = []
    for shot in cutter.shots:
        if shot.id in seen:
            shot = replace(shot, id=new_id())
        seen.add(shot.id)
        result.append(shot)
    return tuple(result)


def _line(markup: str) -> str:
    """What a reader sees, on one line."""
    return " ".join(plain(markup).split())


def _is_fade_in(text: str) -> bool:
    """“FADE IN:” is action to the syntax, but nothing that a shot could show."""
    term = find_term("transition", text)
    return term is not None and term.code == "fade in" and text == text.upper()


def _notes_of(element: Element) -> tuple[str, ...]:
    return (element.text,) if element.type is ElementType.NOTE else notes(element.text)


@dataclass
class _Cutter:
    """Cuts the body of a scene into shots; only notes cut where there are some."""

    has_notes: bool
    shots: list[Shot] = field(default_factory=list)
    speaker: str = ""
    extension: str = ""
    manner: str = ""
    dual: bool = False
    pending: str = ""

    def take(self, element: Element) -> None:
        told = _notes_of(element)
        for note in told:
            self._take_shot_note(note)
        self._take_text(element)
        if others := [note for note in told if read_shot_note(note, Shot("")) is None]:
            self._update(notes="\n".join(filter(None, (self._last().notes, *others))))

    def _take_text(self, element: Element) -> None:
        lines = (line.strip(BLANKS) for line in plain(element.text).split("\n"))
        text = "\n".join(filter(None, lines))
        match element.type:
            case kind if kind in _TEXTS and not self.has_notes and _is_fade_in(text):
                self.pending = text
            case kind if text and (kind in _TEXTS or self._is_sung_by_nobody(kind)):
                if not self.has_notes:
                    self._cut()
                self._update(action="\n".join(filter(None, (self._last().action, text))))
                self.speaker = ""
            case ElementType.CHARACTER:
                self._take_cue(element)
            case ElementType.PARENTHETICAL:
                self.manner = _line(element.text)
            case ElementType.DIALOGUE | ElementType.LYRICS if text:
                speech = Speech(self.speaker, text, self.extension, self.manner, self.dual)
                self._update(dialogue=(*self._last().dialogue, speech))
                self.manner, self.dual = "", False
            case ElementType.TRANSITION if self.shots:
                term = find_term("transition", text)
                self._update(transition=term.code if term else text.removesuffix(":"))

    def _is_sung_by_nobody(self, kind: ElementType) -> bool:
        return kind is ElementType.LYRICS and not self.speaker

    def _take_cue(self, element: Element) -> None:
        self.speaker, self.extension = _line(element.name), _line(element.extension)
        self.manner, self.dual = "", element.dual
        said = self.shots[-1].dialogue if self.shots else ()
        is_other = bool(said) and said[-1].speaker != self.speaker
        if not self.has_notes and is_other and not element.dual:
            self._cut()

    def _take_shot_note(self, note: str) -> None:
        shot = read_shot_note(note, Shot(new_id(), notes=self.pending))
        if shot is not None:
            self.shots.append(shot)
            self.pending = ""

    def _cut(self) -> None:
        self.shots.append(Shot(new_id(), notes=self.pending))
        self.pending = ""

    def _last(self) -> Shot:
        if not self.shots:
            self._cut()
        return self.shots[-1]

    def _update(self, **members: object) -> None:
        last = self._last()
        self.shots[-1] = replace(last, **members)  # type: ignore[arg-type]
