"""What people call the things they share. No edition holds these words: they say
nothing about the terms, and can be bettered any day."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models

from policyguide.guidance import vocabulary
from policyguide.guidance.vocabulary import MOST_CHARACTERS, compared
from policyguide.policy.models.categories import DataCategory
from policyguide.policy.models.conflicts import Silence
from policyguide.policy.models.controls import Action
from policyguide.policy.models.editions import Entry
from policyguide.policy.models.fields import CodesField
from policyguide.policy.models.sources import NO_CONTROL_CHARACTERS


def are_searchable(words: Iterable[str]) -> None:
    """Refuse words that nobody could find a thing by."""
    for word in words:
        if len(word) > MOST_CHARACTERS or not compared(word):
            message = "“%(word)s” cannot be searched for; give a short plain word."
            raise ValidationError(message, params={"word": word})


class Thing(models.Model):
    """Something people share on LinkedIn, and the entries of the record that answer
    for it. See `guidance.vocabulary.Thing`."""

    name = models.CharField(
        max_length=MOST_CHARACTERS, unique=True, validators=[NO_CONTROL_CHARACTERS]
    )
    words = CodesField(validators=[are_searchable])
    entries = CodesField()
    advice = CodesField()
    position = models.PositiveSmallIntegerField("order", default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = "thing people share"
        verbose_name_plural = "things people share"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        _are_published("entries", self.entries, DataCategory, Silence)
        _are_published("advice", self.advice, Action)

    def as_known(self) -> vocabulary.Thing:
        """The thing as the guidance knows it."""
        return vocabulary.Thing(
            name=self.name,
            words=tuple(self.words),
            entries=frozenset(self.entries),
            advice=tuple(self.advice),
        )


def _are_published(field: str, codes: Iterable[str], *kinds: type[Entry]) -> None:
    """Refuse a code that no published edition has under one of these kinds."""
    known = {
        code
        for kind in kinds
        for code in kind.objects.filter(
            edition__published_at__isnull=False
        ).values_list("code", flat=True)
    }
    for code in codes:
        if code not in known:
            message = f"“{code}” is not the code of an entry that could be meant here."
            raise ValidationError({field: message})
