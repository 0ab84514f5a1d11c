"""How long until the window is painted, against an empty QMainWindow: process start to paint.

Run: taskset -c 0 python benchmarks/start_time.py [ROUNDS]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Compiled modules are kept, as they are on everybody's machine.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM", "offscreen")
BARE = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time(), flush=True)
        QApplication.quit()
app = QApplication([])
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""
OURS = """
import sys, time
sys.path.insert(0, {root!r})
def main():
    from studio import window
    class Window(window.MainWindow):
        def paintEvent(self, event):
            super().paintEvent(event)
            print(time.time(), flush=True)
            import os
            os._exit(0)
    window.MainWindow = Window
    from studio.__main__ import main
    sys.argv = ["fabula"]
    main()
if __name__ == "__main__":
    main()
"""


def seconds(script: Path, home: Path) -> float:
    """From the start of the process to the end of its first paint event."""
    began = time.time()
    out = subprocess.run(
        [sys.executable, str(script)],
        env=ENVIRONMENT | {"FABULA_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    return float(out.stdout.split()[0]) - began


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        bare, ours, home = (Path(folder) / name for name in ("bare.py", "ours.py", "home"))
        bare.write_text(BARE, encoding="utf-8")
        ours.write_text(OURS.format(root=str(ROOT)), encoding="utf-8")
        for script in (bare, ours):  # fills the disk's cache, and ours makes its databases
            seconds(script, home)
        pairs = [(seconds(bare, home), seconds(ours, home)) for _ in range(rounds)]
    ratios = [mine / other for other, mine in pairs]
    print(f"bare QMainWindow   median {statistics.median(p[0] for p in pairs):.3f} s")
    print(f"Fabula Studio      median {statistics.median(p[1] for p in pairs):.3f} s")
    print(f"ratio              median {statistics.median(ratios):.2f}, worst {max(ratios):.2f}")


if __name__ == "__main__":
    main()
