"""Editions as YAML files that a lawyer can read: read, loaded and written.

    edition:   number, title, in_force_from, change_note, severity
    sources:   SOURCE → fields, captures → SOURCE/slug → fields, text,
                                                          quotations → code → text
    effects, regions, controls: code → fields
    terms:     region → effect → fields
    clauses, categories, affiliate_terms, headlines, actions: code → fields
    conflicts: code → fields, positions → code → words, cites
    silences, rumours, authorities: code → fields

The fields are those of `policyguide.guidance.facts`, and `cites` names quotations.
"""

from policyguide.policy.edition_file.contents import EditionFile
from policyguide.policy.edition_file.loading import Loaded, load
from policyguide.policy.edition_file.reading import read
from policyguide.policy.edition_file.writing import write

__all__ = ["EditionFile", "Loaded", "load", "read", "write"]
