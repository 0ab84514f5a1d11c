"""What is asked of style and enlarging, and the answer: values only, everybody imports them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from pipelines.api import Picture


@dataclass(frozen=True, slots=True)
class StyleShare:
    """A painting style of the starter set, 1 to 26, and its share of a mixture, above 0."""

    style: int
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class StyleRequest:
    """Pictures in another look. The same request gives the same bytes; there is no seed.

    `network` is the file of a generator, or the folder of the painting styles; then `styles` are
    those to mix, or `like` is the picture whose style is taken, `strength` of it (0 to 1). `look`
    is what the person called it. `opacity` (0 to 1) blends with the original; `mask` is a picture
    of the same size, white where the look applies; `keep_colours` takes only the luminance.
    """

    kind: ClassVar[str] = "style"
    schema: ClassVar[int] = 1

    images: tuple[str, ...]
    network: str
    look: str = ""
    styles: tuple[StyleShare, ...] = ()
    like: str = ""
    strength: float = 1.0
    opacity: float = 1.0
    mask: str = ""
    keep_colours: bool = False


@dataclass(frozen=True, slots=True)
class EnlargeRequest:
    """Larger pictures. The same request gives the same bytes; there is no seed.

    `network` is the file of an ESRGAN network, or the starter's folder, of whose networks
    `variant` names one. The sides become `scale` times as long, or `width` by `height` pixels
    where these are not 0. `opacity`, `mask` and `keep_colours` as for a StyleRequest; there the
    original is the picture enlarged by Lanczos.
    """

    kind: ClassVar[str] = "enlarge"
    schema: ClassVar[int] = 1

    images: tuple[str, ...]
    network: str
    variant: str = ""
    scale: float = 4.0
    width: int = 0
    height: int = 0
    opacity: float = 1.0
    mask: str = ""
    keep_colours: bool = False


@dataclass(frozen=True, slots=True)
class NotEnhanced:
    """A picture of several that could not be done, by its place among them, and why."""

    index: int
    path: str
    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class EnhancedResult:
    """What came of a StyleRequest or an EnlargeRequest.

    `pictures` in order, `index` is the place of the original among the request's; `failed` are the
    others. `notes` are sentences for the person.
    """

    pictures: tuple[Picture, ...]
    failed: tuple[NotEnhanced, ...]
    device: str
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
