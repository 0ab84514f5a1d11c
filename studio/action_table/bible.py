"""What can be done in the Bible panel."""

from __future__ import annotations

from studio.action_spec import ActionSpec
from studio.translation import QT_TRANSLATE_NOOP

BIBLE_ACTIONS = (
    ActionSpec(
        "bible.new_character",
        QT_TRANSLATE_NOOP("Actions", "New character"),
        "Story",
        "Ctrl+Shift+N",
        "user",
    ),
    ActionSpec(
        "bible.new_place", QT_TRANSLATE_NOOP("Actions", "New place"), "Story", "", "map-pin"
    ),
    ActionSpec("bible.new_look", QT_TRANSLATE_NOOP("Actions", "New look"), "Story", "", "palette"),
    ActionSpec("bible.new_prop", QT_TRANSLATE_NOOP("Actions", "New prop"), "Story", "", "key"),
    ActionSpec("bible.new_lore", QT_TRANSLATE_NOOP("Actions", "New lore"), "Story", "", "article"),
    ActionSpec(
        "bible.rename",
        QT_TRANSLATE_NOOP("Actions", "Rename"),
        "Story",
        "F2",
        "pencil-simple",
        section=1,
        tip=QT_TRANSLATE_NOOP("Actions", "Give the entry another name, and all its mentions too"),
    ),
    ActionSpec(
        "bible.duplicate",
        QT_TRANSLATE_NOOP("Actions", "Duplicate"),
        "Story",
        "Ctrl+D",
        "copy-simple",
        section=1,
    ),
    ActionSpec(
        "bible.draw",
        QT_TRANSLATE_NOOP("Actions", "Draw a portrait"),
        "Story",
        "Ctrl+Enter",
        "sparkle",
        section=1,
        tip=QT_TRANSLATE_NOOP("Actions", "Go to Imagine with a mention of the entry as the prompt"),
    ),
    ActionSpec(
        "bible.delete",
        QT_TRANSLATE_NOOP("Actions", "Delete entry"),
        "Story",
        "Del",
        "trash",
        section=1,
    ),
    ActionSpec(
        "bible.find",
        QT_TRANSLATE_NOOP("Actions", "Find entries"),
        "Story",
        "Ctrl+F",
        "magnifying-glass",
        section=2,
    ),
    ActionSpec(
        "bible.select_all",
        QT_TRANSLATE_NOOP("Actions", "Select all entries"),
        "Story",
        "Ctrl+A",
        "selection-all",
        section=2,
    ),
    ActionSpec(
        "bible.try_text",
        QT_TRANSLATE_NOOP("Actions", "What applies to this text?"),
        "Story",
        "Ctrl+T",
        "text-aa",
        section=2,
        tip=QT_TRANSLATE_NOOP("Actions", "See which entries a model is told of, and why"),
    ),
    ActionSpec(
        "bible.import_file",
        QT_TRANSLATE_NOOP("Actions", "Import cards or a lorebook…"),
        "Story",
        "",
        "download-simple",
        section=3,
        tip=QT_TRANSLATE_NOOP("Actions", "Character cards, lorebooks or Markdown files"),
    ),
    ActionSpec(
        "bible.import_folder",
        QT_TRANSLATE_NOOP("Actions", "Import a folder of Markdown…"),
        "Story",
        "",
        "folder-open",
        section=3,
    ),
    ActionSpec(
        "bible.export_cards",
        QT_TRANSLATE_NOOP("Actions", "Export character cards…"),
        "Story",
        "",
        "identification-card",
        section=4,
        tip=QT_TRANSLATE_NOOP("Actions", "The chosen characters as cards for other programs"),
    ),
    ActionSpec(
        "bible.export_lorebook",
        QT_TRANSLATE_NOOP("Actions", "Export a lorebook…"),
        "Story",
        "",
        "book",
        section=4,
        tip=QT_TRANSLATE_NOOP("Actions", "The chosen entries as one file for other programs"),
    ),
    ActionSpec(
        "bible.export_folder",
        QT_TRANSLATE_NOOP("Actions", "Export a folder of Markdown…"),
        "Story",
        "",
        "folder",
        section=4,
        tip=QT_TRANSLATE_NOOP("Actions", "The chosen entries as files to be edited elsewhere"),
    ),
)
"""Undo and redo are the project's."""
