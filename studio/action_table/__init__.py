"""Every action there is, as data: name, menu, shortcut, icon. One module a subject."""

from __future__ import annotations

from studio.action_spec import MENUS, ActionSpec
from studio.action_table.bible import BIBLE_ACTIONS
from studio.action_table.imagine import IMAGINE_ACTIONS
from studio.action_table.inpaint import INPAINT_ACTIONS
from studio.action_table.jobs import JOBS_ACTIONS
from studio.action_table.library import LIBRARY_ACTIONS
from studio.action_table.models import MODELS_ACTIONS
from studio.action_table.project import PROJECT_ACTIONS
from studio.action_table.style import STYLE_ACTIONS
from studio.action_table.window import WINDOW_ACTIONS
from studio.registry import PANELS

__all__ = ["ACTIONS", "MENUS", "ActionSpec"]


def _panel_actions() -> tuple[ActionSpec, ...]:
    return tuple(
        ActionSpec(
            f"panel.{panel.id}",
            panel.title,
            "View",
            f"Ctrl+{panel.number}" if panel.number else "",
            panel.icon,
        )
        for panel in PANELS
    )


def _in_menu_order(actions: tuple[ActionSpec, ...]) -> tuple[ActionSpec, ...]:
    """By menu and section; inside a section in the order in which they were declared."""
    return tuple(sorted(actions, key=lambda spec: (MENUS.index(spec.menu), spec.section)))


ACTIONS = _in_menu_order(
    (
        *PROJECT_ACTIONS,
        *WINDOW_ACTIONS,
        *_panel_actions(),
        *IMAGINE_ACTIONS,
        *INPAINT_ACTIONS,
        *STYLE_ACTIONS,
        *BIBLE_ACTIONS,
        *LIBRARY_ACTIONS,
        *JOBS_ACTIONS,
        *MODELS_ACTIONS,
    )
)
