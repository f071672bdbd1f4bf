"""Who calls the API: a program with a token, or a person with a session and a CSRF token."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from tocsin.accounts.models import User
from tocsin.accounts.tokens import user_of_token


class TokenAuth(HttpBearer):
    """Accepts `Authorization: Bearer tocsin_...`; no cookie is read, so no CSRF token is needed."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """Return whose token it is."""
        return user_of_token(token)


class SessionAuth(APIKeyCookie):
    """Accepts the session of a signed-in person; ninja checks the CSRF token first."""

    param_name = "sessionid"

    def __call__(self, request: HttpRequest) -> User | None:
        """Return who is signed in; without a session nobody, whatever the CSRF token says."""
        return super().__call__(request) if request.user.is_authenticated else None

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        """Return who is signed in."""
        return request.user if request.user.is_active else None
