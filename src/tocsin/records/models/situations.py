"""Situations under watch and the history of their level."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from tocsin.records.history import History


class Situation(History):
    """Puts a territory or a group under watch, by the slug that the tables use."""

    PREFIX = "wat"

    situation = models.SlugField(max_length=64, unique=True)
    territory = models.CharField(max_length=3)
    invented = models.BooleanField(default=False)


class LevelChange(History):
    """Sets the risk level of a situation; the newest row is the level in force."""

    PREFIX = "lev"

    situation = models.SlugField(max_length=64, db_index=True)
    level = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    why = models.TextField(max_length=4000)
