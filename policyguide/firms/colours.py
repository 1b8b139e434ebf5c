"""Whether text of a colour can be read on white paper, by WCAG 2.2."""

import re

COLOUR = re.compile(r"#[0-9a-f]{6}")
LEAST_CONTRAST = 4.5


def contrast_on_white(colour: str) -> float:
    """From 1, white itself, to 21, black."""
    red, green, blue = map(_linear, _channels(colour))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 1.05 / (luminance + 0.05)


def nearest_readable(colour: str) -> str:
    """The same hue, darkened no more than must be."""
    channels = _channels(colour)
    for share in range(255, 0, -1):
        darker = f"#{bytes(channel * share // 255 for channel in channels).hex()}"
        if contrast_on_white(darker) >= LEAST_CONTRAST:
            return darker
    return "#000000"


def _channels(colour: str) -> bytes:
    return bytes.fromhex(colour.removeprefix("#"))


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
