"""A hub of one machine: the requests that huggingface_hub and we make, answered as the real one.

Knobs let it fail as networks do. Large files are served from another path, as a CDN would.
"""

from __future__ import annotations

import hashlib
import http.server
import json
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pytest

COMMIT = "c0ffee" + 34 * "1"
LARGE = 4096
"""Bytes from which a file is one of Git LFS."""


@dataclass
class FakeHub:
    """What it has, how it fails, and what it was asked for.

    `cut_after` cuts the connection after so many bytes of every file, `cuts` times. `corrupt`
    files arrive with one bit turned. `statuses` are answers given instead of files, one each.
    `stall` waits in the midst of large files until the end, `slow` after each 64 KiB a moment.
    """

    repos: dict[str, Mapping[str, bytes]] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    cut_after: int = 0
    cuts: int = 0
    corrupt: set[str] = field(default_factory=set)
    statuses: list[int] = field(default_factory=list)
    no_range: bool = False
    stall: bool = False
    slow: bool = False
    gated: bool = False
    version: str = "1"
    url: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    sent: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def ranges(self) -> list[str]:
        """The `Range` of each request for content; "" where it asked for all."""
        return [asked for path, asked in self.asked if path.startswith("/cdn/")]


def etag(data: bytes) -> str:
    """As the hub names content: sha256 in LFS, else git's sha1."""
    if len(data) >= LARGE:
        return hashlib.sha256(data).hexdigest()
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def sibling(path: str, data: bytes) -> dict[str, Any]:
    entry: dict[str, Any] = {"rfilename": path, "size": len(data), "blobId": etag(data)}
    if len(data) >= LARGE:
        entry["lfs"] = {"sha256": etag(data), "size": len(data), "pointerSize": 130}
    return entry


class _Handler(http.server.BaseHTTPRequestHandler):
    hub: FakeHub

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        hub, split = self.hub, urlsplit(self.path)
        hub.asked.append((split.path, self.headers.get("Range", "")))
        hub.tokens.add(self.headers.get("Authorization", ""))
        parts = [unquote(part) for part in split.path.strip("/").split("/")]
        if parts[:2] == ["api", "models"]:
            self._describe("/".join(parts[2:4]), parts[4:], parse_qs(split.query))
        elif parts[0] == "cdn":
            data, path = next(
                (data, path)
                for files in hub.repos.values()
                for path, data in files.items()
                if etag(data) == parts[1]
            )
            self._send_file(path, data, f'"cdn-{hub.version}-{parts[1][:8]}"')
        else:
            self._resolve("/".join(parts[:2]), parts[3], "/".join(parts[4:]))

    def _describe(self, repo: str, rest: list[str], _query: Mapping[str, list[str]]) -> None:
        files = self.hub.repos.get(repo)
        if files is None:
            return self._refuse(404, "RepoNotFound")
        if rest[:1] == ["revision"] and rest[1] not in ("main", COMMIT):
            return self._refuse(404, "RevisionNotFound")
        siblings = [sibling(path, data) for path, data in files.items()]
        about = {"id": repo, "sha": COMMIT, "siblings": siblings, **self.hub.about}
        return self._send(json.dumps(about).encode(), {"Content-Type": "application/json"})

    def _resolve(self, repo: str, revision: str, path: str) -> None:
        hub = self.hub
        if hub.gated:
            return self._refuse(401, "GatedRepo")
        if hub.statuses:
            return self._refuse(hub.statuses.pop(0), "")
        if repo not in hub.repos:
            return self._refuse(404, "RepoNotFound")
        if path not in hub.repos[repo] or revision not in ("main", COMMIT):
            return self._refuse(404, "EntryNotFound")
        data = hub.repos[repo][path]
        facts = {
            "X-Repo-Commit": COMMIT,
            "X-Linked-Size": str(len(data)),
            "X-Linked-Etag": f'"{etag(data)}"',
        }
        if len(data) < LARGE:
            return self._send_file(path, data, f'"{etag(data)}"', facts)
        self.send_response(302)
        for name, value in {**facts, "Location": f"{hub.url}/cdn/{etag(data)}"}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None

    def _send_file(
        self, path: str, data: bytes, tag: str, facts: Mapping[str, str] | None = None
    ) -> None:
        hub = self.hub
        if path in hub.corrupt:
            data = data[:-1] + bytes([data[-1] ^ 1])
        headers = {**(facts or {}), "ETag": tag, "Accept-Ranges": "bytes"}
        wanted = self.headers.get("Range")
        if not wanted or hub.no_range or self.headers.get("If-Range", tag) != tag:
            return self._send(data, headers)
        begin = int(wanted.removeprefix("bytes=").partition("-")[0])
        headers["Content-Range"] = f"bytes {begin}-{len(data) - 1}/{len(data)}"
        return self._send(data[begin:], headers, 206)

    def _send(self, data: bytes, headers: Mapping[str, str], status: int = 200) -> None:
        hub = self.hub
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command == "HEAD":
            return
        is_file = "ETag" in headers
        if is_file and hub.cuts and hub.cut_after < len(data):
            hub.cuts -= 1
            data = data[: hub.cut_after]
            self.close_connection = True
        elif is_file and hub.stall and len(data) >= LARGE:
            self.wfile.write(data[: len(data) // 2])
            self.wfile.flush()
            hub.sent += len(data) // 2
            hub.over.wait(60)
            self.close_connection = True
            return
        for begin in range(0, len(data), 65536):
            self.wfile.write(data[begin : begin + 65536])
            if hub.slow:
                hub.over.wait(0.02)
        hub.sent += len(data) if is_file else 0

    def _refuse(self, status: int, code: str) -> None:
        self.send_response(status)
        self.send_header("X-Error-Code", code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # those of a client that went away
            super().handle_error(request, client_address)


@contextmanager
def serve(hub: FakeHub) -> Iterator[FakeHub]:
    """Serves it on this machine until the end of the block; its address is `hub.url`."""
    handler = type("Handler", (_Handler,), {"hub": hub, "protocol_version": "HTTP/1.1"})
    server = _Server(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield hub
    finally:
        hub.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def only_hub(hub: FakeHub, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    """Serves it as the one hub that is known, for a person with an empty cache in `home`."""
    for name in ("HF_HUB_CACHE", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "FABULA_HUB_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HOME", str(home))
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    with serve(hub):
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        yield hub
