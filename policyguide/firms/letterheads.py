"""What a firm's memos look like, whatever they say."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """The head of a firm's paper. `prepared_by` is empty where that is the firm, and
    `citation_style` where it is that of the firm's country."""

    postal_address: str = ""
    accent: str = ""
    logo_sha256: str = ""
    prepared_by: str = ""
    citation_style: str = ""
