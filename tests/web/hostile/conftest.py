"""An edition and a firm of which every word is hostile."""

import pytest

from policyguide.firms.models import Firm
from policyguide.policy import models
from policyguide.policy.drafts import copy_of
from tests import factories
from tests.memos import making
from tests.web.hostile.strings import hostile_strings

STRINGS = hostile_strings()
AT_ONCE = 60  # strings in one entry: words are limited in length and in paragraphs


def batches(strings):
    for start in range(0, len(strings), AT_ONCE):
        yield "\n\n".join(strings[start : start + AT_ONCE])


@pytest.fixture
def edition(db):
    """An edition in force of which every word is hostile."""
    draft = copy_of(making.edition(), title=STRINGS[0], in_force_from=making.ON)
    models.Edition.objects.filter(pk=draft.pk).update(
        change_note="\n\n".join(STRINGS[:AT_ONCE])
    )
    quoted = models.Quotation.objects.get(code="q-memo")
    for number, words in enumerate(batches(STRINGS)):
        told = {"title": STRINGS[number][:120], "words": words}
        clause = factories.entry(draft, code=f"hostile-{number}", **told)
        factories.cite(clause, quoted)
    draft.refresh_from_db()
    return factories.published(draft)


@pytest.fixture
def hostile_firm(hale_marsh):
    """A firm of which every word is hostile."""
    Firm.objects.filter(pk=hale_marsh.pk).update(
        name=f'"><script>window.ran=1</script>{STRINGS[1]}'[:200],
        postal_address=STRINGS[2][:300],
        prepared_by=STRINGS[3][:120],
    )
    return Firm.objects.get(pk=hale_marsh.pk)
