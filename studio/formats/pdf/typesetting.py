"""Sets a Typst template with data, in a folder of its own that nothing outside can be read from."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.api import PipelineError

_HERE = Path(__file__).parent

# In this order for each character: what the program looks like, then what covers most scripts.
# Typst goes on with every other font of the machine.
FONTS = ("Inter", "Noto Sans", "Noto Sans CJK JP", "DejaVu Sans", "Libertinus Serif")
MONO_FONTS = ("Courier Prime", "Nimbus Mono PS", "Liberation Mono", "DejaVu Sans Mono")


@dataclass(frozen=True, slots=True)
class Printed:
    """A file, and sentences about what it does not hold or show."""

    content: bytes
    notes: tuple[str, ...] = ()


def typeset(
    template: str, data: Mapping[str, Any], files: Mapping[str, bytes], *, ask: str = ""
) -> tuple[bytes, list[Any]]:
    """The PDF of the template of that name, and the values of what it has labelled `ask`.

    Templates read `data` from “data.json”: what people wrote is never read as markup. `files` are
    put beside it under their names. Raises PipelineError("pdf_failed") where the disk is full.
    """
    import typst

    try:
        with tempfile.TemporaryDirectory(prefix="fabula-pdf-") as name:
            folder = Path(name)
            main = folder / "main.typ"
            shutil.copyfile(_HERE / template, main)
            # Half characters, which strangers' files hold, are no text that fonts could show.
            text = json.dumps(data, ensure_ascii=False)
            (folder / "data.json").write_bytes(text.encode("utf-8", "replace"))
            for file_name, content in files.items():
                (folder / file_name).write_bytes(content)
            compiler = typst.Compiler(input=main, root=folder)
            pdf = compiler.compile(format="pdf")
            assert isinstance(pdf, bytes)
            asked = json.loads(compiler.query(f"<{ask}>", field="value")) if ask else []
            return pdf, asked
    except OSError as error:
        raise PipelineError(
            "pdf_failed", f"The pages could not be made: {error.strerror or error}."
        ) from error
    except typst.TypstError as error:
        raise PipelineError(
            "pdf_failed", f"The pages could not be made: {error.message}."
        ) from error
