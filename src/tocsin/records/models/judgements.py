"""What people say of two records: one, two, or unsure."""

from __future__ import annotations

from django.db import models

from tocsin.model.grades import JUDGEMENTS
from tocsin.records.history import History

#: Takes back the person's own earlier judgement; the earlier row stays.
WITHDRAWN = "withdrawn"


class Judgement(History):
    """Is one person's judgement on one pair; their newest row is the one in force."""

    PREFIX = "jud"

    pair = models.CharField(max_length=80, db_index=True)
    entity = models.CharField(max_length=32)
    left = models.CharField(max_length=80)
    right = models.CharField(max_length=80)
    judgement = models.CharField(max_length=16, choices=[(j, j) for j in (*JUDGEMENTS, WITHDRAWN)])
    why = models.TextField(max_length=4000, blank=True)
    invented = models.BooleanField(default=False)
    supersedes = models.CharField(max_length=24, blank=True)
