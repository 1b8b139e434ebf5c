"""YAML files that people write by hand, and what is wrong with them, line by line.

Every scalar is text, so `NO` is Norway and a date is what was typed; what it must be is
asked for field by field. Anchors, aliases and tags are refused: what a reader sees is
what there is.
"""

from policyguide.policy.checked_yaml.fields import Fields
from policyguide.policy.checked_yaml.mistakes import Mistake, Mistakes, Refused
from policyguide.policy.checked_yaml.tree import read_table

__all__ = ["Fields", "Mistake", "Mistakes", "Refused", "read_table"]
