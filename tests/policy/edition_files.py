"""Edition files to try: the small one, with a piece of it exchanged for another."""

from pathlib import Path

from policyguide.policy.checked_yaml import Refused
from policyguide.policy.edition_file import read

SMALL = (Path(__file__).parent / "small-edition.yaml").read_text()


def written(folder, text, name="edition.yaml"):
    """A file that holds this."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def exchanged(*pieces):
    """The small edition's text, with pairs of pieces exchanged; each is there once."""
    text = SMALL
    for old, new in zip(pieces[::2], pieces[1::2], strict=True):
        assert text.count(old) == 1, f"{text.count(old)} times: {old}"
        text = text.replace(old, new)
    return text


def mistakes_in(path):
    """What `read` refuses the file for: lines, codes and reasons."""
    try:
        read(path)
    except Refused as refused:
        return refused.mistakes
    return []


def line_of(piece, text):
    """The line on which the piece begins."""
    return text.count("\n", 0, text.index(piece)) + 1
