"""Every tool of the canvas as data: name, icon, key, place and what can be set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.canvas.tools import arranging, brush, picking, shapes
from studio.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.canvas.tools.tool import Bench, Tool

Group = Literal["mask", "paint", "hidden"]
Option = Literal["size", "hardness", "pressure", "colour", "tolerance", "contiguous", "subtract"]


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """`name` and `tip` are texts before translation (context "Tools"), `key` is a letter.

    A "hidden" tool stands in no column: it is its `twin`'s other side, reached with X, or a mode
    of the panel takes it in hand.
    """

    id: str
    name: str
    icon: str
    key: str
    group: Group
    factory: Callable[[Bench], Tool]
    options: tuple[Option, ...] = ()
    twin: str = ""
    tip: str = ""


_DRAWING: tuple[Option, ...] = ("size", "hardness", "pressure")

TOOLS = (
    ToolSpec(
        "mask_brush",
        QT_TRANSLATE_NOOP("Tools", "Mask brush"),
        "paint-brush",
        "B",
        "mask",
        brush.MaskBrush,
        _DRAWING,
        "mask_eraser",
        QT_TRANSLATE_NOOP("Tools", "Paint over what is to change. Alt and drag for size."),
    ),
    ToolSpec(
        "mask_eraser",
        QT_TRANSLATE_NOOP("Tools", "Mask eraser"),
        "eraser",
        "E",
        "mask",
        brush.MaskEraser,
        _DRAWING,
        "mask_brush",
        QT_TRANSLATE_NOOP("Tools", "Take away from the mask."),
    ),
    ToolSpec(
        "lasso",
        QT_TRANSLATE_NOOP("Tools", "Lasso"),
        "scribble-loop",
        "L",
        "mask",
        shapes.Lasso,
        ("subtract",),
        tip=QT_TRANSLATE_NOOP("Tools", "Circle what is to change."),
    ),
    ToolSpec(
        "rectangle",
        QT_TRANSLATE_NOOP("Tools", "Rectangle"),
        "rectangle",
        "R",
        "mask",
        shapes.RectangleTool,
        ("subtract",),
        tip=QT_TRANSLATE_NOOP("Tools", "Drag a box; Shift makes it a square."),
    ),
    ToolSpec(
        "ellipse",
        QT_TRANSLATE_NOOP("Tools", "Ellipse"),
        "circle",
        "O",
        "mask",
        shapes.EllipseTool,
        ("subtract",),
        tip=QT_TRANSLATE_NOOP("Tools", "Drag an ellipse; Shift makes it a circle."),
    ),
    ToolSpec(
        "polygon",
        QT_TRANSLATE_NOOP("Tools", "Polygon"),
        "polygon",
        "P",
        "mask",
        shapes.PolygonTool,
        ("subtract",),
        tip=QT_TRANSLATE_NOOP("Tools", "Click corner after corner; Enter closes it."),
    ),
    ToolSpec(
        "bucket",
        QT_TRANSLATE_NOOP("Tools", "Bucket"),
        "paint-bucket",
        "G",
        "mask",
        picking.Bucket,
        ("tolerance", "contiguous", "subtract"),
        tip=QT_TRANSLATE_NOOP("Tools", "Mask what has the colour under the cursor."),
    ),
    ToolSpec(
        "paint_brush",
        QT_TRANSLATE_NOOP("Tools", "Paint brush"),
        "pencil-simple",
        "D",
        "paint",
        brush.PaintBrush,
        ("colour", *_DRAWING),
        "paint_eraser",
        QT_TRANSLATE_NOOP("Tools", "Paint the chosen layer; X erases."),
    ),
    ToolSpec(
        "paint_eraser",
        QT_TRANSLATE_NOOP("Tools", "Paint eraser"),
        "eraser",
        "",
        "hidden",
        brush.PaintEraser,
        _DRAWING,
        "paint_brush",
        QT_TRANSLATE_NOOP("Tools", "Make the chosen layer transparent; X paints."),
    ),
    ToolSpec(
        "eyedropper",
        QT_TRANSLATE_NOOP("Tools", "Eyedropper"),
        "eyedropper",
        "I",
        "paint",
        picking.Eyedropper,
        ("colour",),
        tip=QT_TRANSLATE_NOOP("Tools", "Take a colour from the picture for the brush."),
    ),
    ToolSpec(
        "move",
        QT_TRANSLATE_NOOP("Tools", "Move"),
        "arrows-out-cardinal",
        "V",
        "paint",
        arranging.MoveTool,
        tip=QT_TRANSLATE_NOOP("Tools", "Move the chosen layer, or scale it by its corners."),
    ),
    ToolSpec(
        "crop",
        QT_TRANSLATE_NOOP("Tools", "Crop"),
        "frame-corners",
        "C",
        "paint",
        arranging.CropTool,
        tip=QT_TRANSLATE_NOOP("Tools", "Drag a frame; Enter crops, Esc gives it up."),
    ),
    ToolSpec(
        "expand",
        QT_TRANSLATE_NOOP("Tools", "Expand"),
        "arrows-out",
        "",
        "hidden",
        arranging.ExpandTool,
        tip=QT_TRANSLATE_NOOP("Tools", "Drag the sides of the frame outward."),
    ),
    ToolSpec(
        "hand",
        QT_TRANSLATE_NOOP("Tools", "Hand"),
        "hand",
        "H",
        "paint",
        arranging.HandTool,
        tip=QT_TRANSLATE_NOOP("Tools", "Move what is looked at; Space does it with any tool."),
    ),
)


def tool_spec(tool_id: str) -> ToolSpec:
    """KeyError where there is none."""
    for spec in TOOLS:
        if spec.id == tool_id:
            return spec
    raise KeyError(tool_id)
