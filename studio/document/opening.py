"""How a project begins: new, or from a file."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from studio.document import sessions
from studio.document.errors import ProjectError, explained
from studio.document.project import Project
from studio.document.project_file import newer_version, opened, read_facts, state_of
from studio.document.recovery_database import connect, create, create_from
from studio.document.sessions import Origin, Session


def new_project(root: Path) -> Project:
    """An empty project without a name. `root` is the folder of sessions, `Paths.projects`.

    Raises ProjectError when the disk does not take it.
    """
    with explained("A new project could not be made"):
        session = sessions.begin(root, Origin())
        return _filled(session, lambda: _make_empty(session), None)


def open_project(path: Path, root: Path) -> Project:
    """Opens a file; it is copied, so it may lie on a medium that goes away.

    The project is read-only when a newer version made it or it is open already: `read_only` then
    says so. Raises ProjectError for a file that is damaged or no project; nothing is written to
    it or beside it, then or at any time before the project is saved.
    """
    path = Path(os.path.realpath(path))
    with explained(f"“{path.name}” could not be opened"), opened(path) as source:
        facts = read_facts(source)
        read_only = newer_version(path) if facts.newer else None
        origin = Origin(path=path, saved_state=facts.state, read_only=facts.newer)
        try:
            session = sessions.begin(root, origin)
        except ProjectError as open_elsewhere:
            read_only = open_elsewhere
            origin = Origin(path=path, saved_state=facts.state, read_only=True)
            session = sessions.begin(root, origin)
        return _filled(session, lambda: create_from(source, session.database), read_only)


def open_backup(backup: Path, path: Path, root: Path) -> Project:
    """Opens what is in a backup as the unsaved new state of the project at `path`.

    That file may be damaged or gone; a save keeps a backup of it, whatever it is. Raises
    ProjectError, also where `path` is open already: then `Project.restore` is the way.
    """
    path = Path(os.path.realpath(path))
    with explained(f"“{backup.name}” could not be opened"), opened(backup) as source:
        if read_facts(source).newer:
            raise newer_version(backup)
        session = sessions.begin(root, Origin(path=path, saved_state=state_of(path)))
        return _filled(session, lambda: create_from(source, session.database), None)


def open_copy(path: Path, root: Path) -> Project:
    """Opens what is in a file as a new project without a name; the file is left alone for ever.

    Raises ProjectError.
    """
    with explained(f"“{path.name}” could not be opened"), opened(path) as source:
        facts = read_facts(source)
        if facts.newer:
            raise newer_version(path)
        session = sessions.begin(root, Origin(saved_state=facts.state))
        return _filled(session, lambda: create_from(source, session.database), None)


def _filled(session: Session, fill: Callable[[], None], read_only: ProjectError | None) -> Project:
    try:
        fill()
        return Project(session, read_only)
    except BaseException:
        session.remove()
        raise


def _make_empty(session: Session) -> None:
    create(session.database)
    with closing(connect(session.database)) as db:
        session.note(saved_state=read_facts(db).state)
