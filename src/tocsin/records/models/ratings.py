"""Answers to an indicator of a framework, with reasons and dissent."""

from __future__ import annotations

from django.db import models

from tocsin.model.grades import ANSWERS, STANDARDS_OF_PROOF
from tocsin.records.history import History


class Rating(History):
    """Is one rater's answer; a dissent names the rating it disagrees with, and both stay."""

    PREFIX = "rat"

    framework = models.CharField(max_length=64)
    indicator = models.CharField(max_length=32)
    situation = models.SlugField(max_length=64, db_index=True)
    answer = models.CharField(max_length=16, choices=[(a, a) for a in ANSWERS])
    confidence = models.CharField(max_length=16)
    standard_of_proof = models.CharField(max_length=40, choices=[(s, s) for s in STANDARDS_OF_PROOF])
    rationale = models.TextField(max_length=4000)
    dissents_from = models.CharField(max_length=24, blank=True)
    supersedes = models.CharField(max_length=24, blank=True)
