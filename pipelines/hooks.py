"""Cancel and pause inside a step: torch calls a hook before every block of a model."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import torch


@contextmanager
def check_before_each(
    blocks: Iterable[torch.nn.Module], check: Callable[[], None]
) -> Iterator[None]:
    """Calls `check` before each of `blocks` runs; what it raises unwinds the model's forward."""

    def on_forward(_module: torch.nn.Module, _inputs: Any) -> None:
        check()

    hooks = [block.register_forward_pre_hook(on_forward) for block in blocks]
    try:
        yield
    finally:  # the model must be as before for the next job
        for hook in hooks:
            hook.remove()


def blocks_of(model: torch.nn.Module) -> list[torch.nn.Module]:
    """The modules to check before: every child of the model's block lists, and of those theirs.

    In diffusers all repeated parts stand in a ModuleList (down_blocks, resnets, attentions,
    transformer_blocks, up_blocks …), so this finds them without naming an architecture.
    """
    from torch.nn import ModuleList

    found: dict[int, torch.nn.Module] = {}
    for module in model.modules():
        if isinstance(module, ModuleList):
            # A list may hold None: a middle block without attention, for one.
            found.update((id(block), block) for block in module if block is not None)
    return list(found.values())
