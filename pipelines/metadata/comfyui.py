"""ComfyUI: the settings of the first sampler that a saved picture depends on."""

from __future__ import annotations

from collections import deque
from typing import Any

from pipelines.metadata.comfy_graph import Graph, Node
from pipelines.metadata.fields import (
    MAX_SEED,
    MAX_SIDE,
    as_integer,
    as_lora,
    as_name,
    as_number,
    as_text,
    parse_object,
)
from pipelines.metadata.samplers import a1111_name
from pipelines.metadata.settings import Reading, Settings, Texts, Tool

_TEXT_NAMES = (
    "populated_text", "text", "text_g", "text_l", "t5xxl", "clip_g", "clip_l", "prompt", "string",
)  # fmt: skip
# Inputs of conditioning nodes that lead away from the words.
_NO_WORDS = frozenset(
    ("clip", "clip_vision", "control_net", "image", "latent", "mask", "model", "pixels",
     "style_model", "vae")
)  # fmt: skip
_MODEL_NAMES = ("ckpt_name", "unet_name", "model_name", "base_ckpt_name")
# From a sampler back to what it begins with, through other samplers and through enlarged pictures.
_LATENT_NAMES = ("latent_image", "samples", "latent", "pixels", "image")
_GUIDANCE = "FluxGuidance"
_NO_PROMPT = "ConditioningZeroOut"


def read(texts: Texts) -> Reading | None:
    """A picture of ComfyUI, or of a program that runs it."""
    for key in ("prompt", "UserComment"):  # Civitai puts the graph into the comment
        graph = Graph.parse(parse_object(texts.get(key)))
        if graph is not None:
            settings, understood = _Walk(graph).settings()
            used = frozenset({key, "workflow"})
            unknown = _others(graph, understood)
            return Reading(Tool.COMFYUI, settings, used, texts[key], unknown)
    return None


def _others(graph: Graph, understood: set[str]) -> dict[str, str]:
    """The values of the nodes that nothing was taken from."""
    found = {}
    for node in graph.nodes.values():
        plain = {n: v for n, v in node.inputs.items() if not isinstance(v, list)}
        if node.id not in understood and plain:
            found[f"{node.kind} {node.id}"] = ", ".join(
                f"{n}: {as_text(v)}" for n, v in plain.items()
            )
    return found


def _is_sampler(node: Node) -> bool:
    names = node.inputs.keys()
    return (
        {"steps", "cfg", "sampler_name"} <= names
        or {"sampler", "sigmas"} <= names
        or ("KSampler" in node.kind and "positive" in names)
    )


class _Walk:
    """One reading of a graph; remembers which nodes it has understood."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._understood: set[str] = set()

    def settings(self) -> tuple[Settings, set[str]]:
        sampler = self._first_sampler()
        if sampler is None:
            return Settings(), self._understood
        self._understood.add(sampler.id)
        guider = self._source(sampler, "guider") or sampler
        sigmas = self._source(sampler, "sigmas") or sampler
        noise = self._source(sampler, "noise") or sampler
        solver = self._source(sampler, "sampler") or sampler
        latent = self._latent(sampler)
        strength = as_number(self._value(sigmas, "denoise"), 0, 1)
        model, loras = self._model(guider)
        prompt, distilled = self._prompt(guider, "positive", "conditioning")
        negative, _ = self._prompt(guider, "negative")
        schedule = self._value(sigmas, "scheduler")
        if schedule is None and sigmas.kind.endswith("Scheduler"):  # KarrasScheduler
            schedule = sigmas.kind.removesuffix("Scheduler")
        return Settings(
            prompt=prompt,
            negative_prompt=negative,
            width=None if latent is None else as_integer(self._value(latent, "width"), 1, MAX_SIDE),
            height=None
            if latent is None
            else as_integer(self._value(latent, "height"), 1, MAX_SIDE),
            steps=as_integer(self._value(sigmas, "steps"), 1, 10_000),
            guidance=self._guidance(guider, distilled),
            scheduler=a1111_name(_text(self._value(solver, "sampler_name")), _text(schedule)),
            seed=self._seed(noise),
            model=model,
            loras=loras,
            clip_skip=self._clip_skip(guider),
            strength=strength if latent is None and strength != 1 else None,
            vae=self._vae(sampler),
        ), self._understood

    def _value(self, node: Node, name: str) -> Any:
        return self._graph.value(node, name)

    def _source(self, node: Node, *names: str) -> Node | None:
        found = self._graph.source(node, *names)
        if found is not None:
            self._understood.add(found.id)
        return found

    def _first_sampler(self) -> Node | None:
        """The sampler that begins the picture: later ones only refine what it has drawn."""
        for output in self._graph.outputs():
            samplers = [node for node in self._graph.upstream(output) if _is_sampler(node)]
            if not samplers:
                continue
            first = samplers[0]
            for node in self._graph.upstream(first, *_LATENT_NAMES):
                if _is_sampler(node):
                    first = node
            return first
        return None

    def _latent(self, sampler: Node) -> Node | None:
        """The empty latent picture that the sampler begins from; None with a start picture."""
        for node in self._graph.upstream(sampler, *_LATENT_NAMES):
            if node is not sampler and {"width", "height"} <= node.inputs.keys():
                if {"pixels", "samples", "image"} & node.inputs.keys():
                    continue  # it scales another one
                self._understood.add(node.id)
                return node
        return None

    def _seed(self, noise: Node) -> int | None:
        for name in ("seed", "noise_seed"):
            seed = as_integer(self._value(noise, name), 0, MAX_SEED)
            if seed is not None:
                return seed
        return None

    def _guidance(self, guider: Node, distilled: float | None) -> float | None:
        if distilled is not None:
            return distilled
        return as_number(self._value(guider, "cfg"), 0, 100)

    def _prompt(self, guider: Node, role: str, *others: str) -> tuple[str | None, float | None]:
        """The words of an input, and the guidance if a Flux model is told it beside them."""
        found: dict[str, None] = {}
        guidance = None
        seen: set[tuple[str, str]] = set()
        waiting = deque((guider, name) for name in (role, *others))
        while waiting:
            at = node, name = waiting.popleft()
            if (node.id, name) in seen:
                continue
            seen.add((node.id, name))
            words = self._value(node, name) if name in _TEXT_NAMES else node.inputs.get(name)
            source = self._graph.source(*at)
            if isinstance(words, str):
                self._understood.add(node.id)
                found[words] = None
            elif source is not None and source.kind == _NO_PROMPT:
                found[""] = None
            elif source is not None:
                if source.kind == _GUIDANCE:
                    guidance = as_number(self._value(source, "guidance"), 0, 100)
                    self._understood.add(source.id)
                waiting.extend((source, onwards) for onwards in self._wordy(source, role))
        return ("\n".join(found) if found else None), guidance

    def _wordy(self, node: Node, role: str) -> list[str]:
        """The inputs of a conditioning node in which the words stand that it hands on."""
        if {"positive", "negative"} <= node.inputs.keys():
            return [role]
        texts = [name for name in _TEXT_NAMES if name in node.inputs]
        return texts or [name for name, _ in self._graph.sources(node) if name not in _NO_WORDS]

    def _model(self, guider: Node) -> tuple[str | None, tuple[tuple[str, float], ...]]:
        """Model and adapters, these in the order in which they are loaded."""
        name, loras = None, []
        for node in self._graph.upstream(guider, "model"):
            loras += self._loras(node)
            names = [as_name(self._value(node, key)) for key in _MODEL_NAMES]
            name = next((found for found in names if found is not None), None)
            if name is not None:
                self._understood.add(node.id)
                break
        return name, tuple(reversed(loras))

    def _loras(self, node: Node) -> list[tuple[str, float]]:
        found = []
        if "lora_name" in node.inputs:
            weight = self._value(node, "strength_model")
            found.append(as_lora(self._value(node, "lora_name"), weight))
        for value in reversed(list(node.inputs.values())):
            match value:  # rgthree's Power Lora Loader
                case {"on": True, "lora": file, "strength": weight}:
                    found.append(as_lora(file, weight))
        loras = [lora for lora in found if lora is not None]
        if loras:
            self._understood.add(node.id)
        return loras

    def _clip_skip(self, guider: Node) -> int | None:
        encoder = self._graph.source(guider, "positive", "conditioning")
        for node in self._graph.upstream(encoder) if encoder else ():
            if node.kind == "CLIPSetLastLayer":
                layer = as_integer(self._value(node, "stop_at_clip_layer"), -24, -1)
                self._understood.add(node.id)
                return None if layer is None else -layer - 1
        return None

    def _vae(self, sampler: Node) -> str | None:
        """The VAE of a loader of its own; None when it comes with the model."""
        for node in self._graph.nodes.values():
            if self._graph.source(node, "samples") is sampler:
                loader = self._graph.source(node, "vae")
                vae = None if loader is None else as_name(self._value(loader, "vae_name"))
                if loader is not None and vae is not None:
                    self._understood.add(loader.id)
                return vae
        return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
