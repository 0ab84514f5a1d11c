"""What a pickle would import and call, read off its opcodes: nothing in it is ever run."""

from __future__ import annotations

import io
import pickletools
import struct
from typing import Any

MAX_PICKLE = 64 * 1024 * 1024
"""Bytes. Weights lie beside their pickle, so an honest one is far smaller."""

UNKNOWN = "a name that is put together while it is loaded"

_STORAGES = (
    "BFloat16", "Bool", "Byte", "Char", "ComplexDouble", "ComplexFloat", "Double", "Float", "Half",
    "Int", "Long", "QInt32", "QInt8", "QUInt8", "Short",
)  # fmt: skip

WEIGHTS = frozenset(
    {
        "collections.OrderedDict",
        "torch.Size",
        "torch._utils._rebuild_parameter",
        "torch._utils._rebuild_tensor",
        "torch._utils._rebuild_tensor_v2",
        "torch.device",
        "torch.storage.UntypedStorage",
        *(f"torch.{name}Storage" for name in _STORAGES),
    }
)
"""What plain weights ask for; part of what torch itself allows under `weights_only`."""

_MARK = object()
_SOMETHING = object()
_LOADS = frozenset({"GET", "BINGET", "LONG_BINGET"})
_STORES = frozenset({"PUT", "BINPUT", "LONG_BINPUT"})
_EXTENSIONS = frozenset({"EXT1", "EXT2", "EXT4"})


class MalformedPickleError(ValueError):
    """The opcodes make no pickle. Loading it would import `names` before it came to that."""

    def __init__(self, message: str, names: frozenset[str] = frozenset()) -> None:
        super().__init__(message)
        self.names = names


def names_in(data: bytes, start: int = 0) -> tuple[frozenset[str], int]:
    """The "module.name"s that one pickle imports, and where it ends in `data`.

    UNKNOWN stands for those that only running it would tell. Raises MalformedPickleError.
    """
    stream = io.BytesIO(data)
    stream.seek(start)
    machine = _Machine()
    try:
        for opcode, argument, _position in pickletools.genops(stream):
            machine.step(opcode, argument)
    except (ValueError, IndexError, KeyError, OverflowError, struct.error, RecursionError) as error:
        raise MalformedPickleError(str(error), frozenset(machine.names)) from error
    return frozenset(machine.names), stream.tell()


class _Machine:
    """Follows the stack as far as names need it: texts are known, all else is something."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self._stack: list[Any] = []
        self._memo: dict[int, Any] = {}

    def step(self, opcode: pickletools.OpcodeInfo, argument: Any) -> None:
        name = opcode.name
        if name in _LOADS:
            self._stack.append(self._memo[int(argument)])
        elif name in _STORES:
            self._memo[int(argument)] = self._stack[-1]
        elif name == "MEMOIZE":
            self._memo[len(self._memo)] = self._stack[-1]
        elif name == "DUP":
            self._stack.append(self._stack[-1])
        elif name == "STACK_GLOBAL":
            word, module = self._stack.pop(), self._stack.pop()
            known = isinstance(word, str) and isinstance(module, str)
            self._import(f"{module}.{word}" if known else UNKNOWN)
        elif name == "GLOBAL":
            self._import(".".join(argument.split(" ", 1)))
        else:
            if name == "INST":
                self.names.add(".".join(argument.split(" ", 1)))
            elif name in _EXTENSIONS:  # what the number means, only the machine it runs on knows
                self.names.add(UNKNOWN)
            self._move(opcode, argument)

    def _import(self, name: str) -> None:
        self.names.add(name)
        self._stack.append(_SOMETHING)

    def _move(self, opcode: pickletools.OpcodeInfo, argument: Any) -> None:
        """Takes off the stack and puts onto it what any opcode of this kind does."""
        taken = list(opcode.stack_before)
        if opcode.name == "POP" and self._stack and self._stack[-1] is _MARK:
            taken = [pickletools.markobject]
        if pickletools.markobject in taken:
            while self._stack.pop() is not _MARK:
                pass
            taken = taken[: taken.index(pickletools.markobject)]
        for _ in taken:
            self._stack.pop()
        for left in opcode.stack_after:
            if left is pickletools.markobject:
                self._stack.append(_MARK)
            else:
                self._stack.append(argument if isinstance(argument, str) else _SOMETHING)
