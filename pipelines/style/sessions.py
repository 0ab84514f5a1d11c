"""ONNX networks of the starter set in onnxruntime; a run can be ended in the middle."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import onnxruntime

from pipelines.starters.pinned import pinned_sha256

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np

_PAUSE = 0.05  # seconds between two looks whether the person has cancelled
_QUIET = 3  # log errors only


class Session:
    """One network. Only files of the starter set are opened, exactly as they were pinned.

    So nothing of a stranger is parsed; no custom operators are registered, and as the file is
    handed over as bytes and is whole, no other file is read for it.
    """

    def __init__(self, path: Path) -> None:
        """Raises PipelineError `not_found` or `wrong_hash`."""
        self.sha256 = pinned_sha256("painting-styles", path)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = _QUIET
        if threads := os.environ.get("OMP_NUM_THREADS"):  # onnxruntime has threads of its own
            options.intra_op_num_threads = int(threads)
        self._session = onnxruntime.InferenceSession(
            path.read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = [each.name for each in self._session.get_inputs()]

    def run(self, check: Callable[[], None], *values: np.ndarray) -> np.ndarray:
        """Its only output for its inputs in order.

        `check` is called all the while and may raise to end it.
        """
        options = onnxruntime.RunOptions()
        answer: list[np.ndarray] = []
        failure: list[BaseException] = []

        def work() -> None:
            try:
                answer.extend(
                    self._session.run(None, dict(zip(self._inputs, values, strict=True)), options)
                )
            except Exception as error:  # noqa: BLE001 - handed to the thread that waits for it
                failure.append(error)

        worker = threading.Thread(target=work, name="onnxruntime")
        worker.start()
        try:
            while worker.is_alive():
                check()
                worker.join(_PAUSE)
        except BaseException:
            options.terminate = True
            worker.join()
            raise
        if failure:
            raise failure[0]
        return answer[0]
