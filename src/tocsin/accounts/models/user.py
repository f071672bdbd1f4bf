"""The one user model."""

from __future__ import annotations

import secrets

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models

from tocsin.accounts.roles import ROLES


def new_uid() -> str:
    """Return a new opaque id: the only name of a person that records, audit and logs ever hold."""
    return f"usr-{secrets.token_hex(8)}"


class User(AbstractBaseUser):
    """Is a person who works with Tocsin; the role says what they may do.

    Only what is needed is kept: a name to sign in with, no e-mail address, no civil name.
    """

    username = models.CharField(max_length=64, unique=True, validators=[UnicodeUsernameValidator()])
    uid = models.CharField(max_length=24, unique=True, editable=False, default=new_uid)
    role = models.CharField(max_length=16, choices=[(role, role) for role in ROLES], default="reader")
    is_active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    objects = BaseUserManager()

    def __str__(self) -> str:
        return self.uid
