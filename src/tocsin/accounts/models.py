"""The one user model."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Is a person who works with Tocsin; the role says what they may do."""

    role = models.CharField(max_length=32, default="reader")
