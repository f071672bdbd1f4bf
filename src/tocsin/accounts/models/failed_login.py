"""Sign-ins that failed, kept for a short time to slow down guessing."""

from __future__ import annotations

from django.db import models


class FailedLogin(models.Model):
    """Is one failed sign-in; account and address are kept as keyed hashes, never as they are."""

    account = models.CharField(max_length=64, db_index=True)
    address = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"failed sign-in {self.pk}"
