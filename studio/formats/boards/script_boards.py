"""A storyboard from a script: scenes by their headings, shots by their notes or by what happens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studio.document.storyboard.model import Scene, Sequence, Shot, Speech, Storyboard, new_id
from studio.document.storyboard.vocabulary import find_term
from studio.formats.boards.board_notes import read_scene_note, read_shot_note
from studio.formats.fountain.elements import Element, ElementType
from studio.formats.fountain.markup import notes, plain

if TYPE_CHECKING:
    from studio.formats.fountain.elements import Script

_TEXTS = (ElementType.ACTION, ElementType.CENTRED)


def board_from_script(script: Script) -> Storyboard:
    """A board with the scenes of a script; a section of the first level begins a sequence.

    Where a scene has notes of shots, each begins one. Elsewhere every paragraph of action does, and
    every speech by somebody else than the one before. Texts lose their markup. What stands before
    the first heading is a scene without one, if anything happens there.
    """
    reader = _Reader()
    for element in script.elements:
        reader.take(element)
    return Storyboard(new_id(), title=plain(script.title), sequences=reader.finished())


@dataclass
class _Reader:
    """Collects elements until a scene is whole."""

    sequences: list[Sequence] = field(default_factory=lambda: [Sequence(new_id())])
    scene: Scene = field(default_factory=lambda: Scene(new_id()))
    body: list[Element] = field(default_factory=list)
    synopsis: list[str] = field(default_factory=list)

    def take(self, element: Element) -> None:
        match element.type:
            case ElementType.SCENE_HEADING:
                self._end_scene()
                heading = plain(element.text)
                self.scene = Scene(new_id(), heading=heading, number=element.number)
            case ElementType.SECTION if element.level == 1:
                self._end_scene()
                self.sequences.append(Sequence(new_id(), title=plain(element.text)))
            case ElementType.SYNOPSIS if self.scene.heading and not self.body:
                self.synopsis.append(plain(element.text))
            case ElementType.NOTE if scene_id := read_scene_note(element.text):
                self.scene = replace(self.scene, id=scene_id)
            case _:
                self.body.append(element)

    def finished(self) -> tuple[Sequence, ...]:
        self._end_scene()
        return tuple(s for s in self.sequences if s.scenes or s.title) or (Sequence(new_id()),)

    def _end_scene(self) -> None:
        shots = _shots(self.body)
        if self.scene.heading or shots:
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

    def take(self, element: Element) -> None:
        for note in _notes_of(element):
            self._take_note(note)
        text = plain(element.text).strip()
        match element.type:
            case kind if kind in _TEXTS and text:
                if not self.has_notes:
                    self._cut()
                self._update(action="\n".join(filter(None, (self._last().action, text))))
            case ElementType.CHARACTER:
                self._take_cue(element)
            case ElementType.PARENTHETICAL:
                self.manner = text
            case ElementType.DIALOGUE | ElementType.LYRICS if text:
                speech = Speech(self.speaker, text, self.extension, self.manner)
                self._update(dialogue=(*self._last().dialogue, speech))
                self.manner = ""
            case ElementType.TRANSITION if self.shots:
                term = find_term("transition", text)
                self._update(transition=term.code if term else text.removesuffix(":"))

    def _take_cue(self, element: Element) -> None:
        self.speaker, self.extension = plain(element.name), plain(element.extension)
        self.manner = ""
        said = self.shots[-1].dialogue if self.shots else ()
        if not self.has_notes and said and said[-1].speaker != self.speaker:
            self._cut()

    def _take_note(self, note: str) -> None:
        if read_shot_note(note, Shot("")) is not None:
            self._cut()
            shot = read_shot_note(note, self.shots[-1])
            assert shot is not None
            self.shots[-1] = shot
        elif self.shots:
            self._update(notes="\n".join(filter(None, (self._last().notes, note))))

    def _cut(self) -> None:
        self.shots.append(Shot(new_id()))

    def _last(self) -> Shot:
        if not self.shots:
            self._cut()
        return self.shots[-1]

    def _update(self, **members: object) -> None:
        last = self._last()
        self.shots[-1] = replace(last, **members)  # type: ignore[arg-type]
