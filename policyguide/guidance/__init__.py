"""The core: what the terms mean for one firm. Standard library only.

`compose` turns an `Edition` and a `FirmProfile` into `Guidance`; it reads no clock, no
database and no setting, and every statement of fact it returns carries a quotation.
"""

from policyguide.guidance.compose import compose
from policyguide.guidance.findings import Guidance

__all__ = ["Guidance", "compose"]
