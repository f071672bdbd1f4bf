"""One file a subject."""

from tocsin.accounts.models.failed_login import FailedLogin
from tocsin.accounts.models.token import ApiToken
from tocsin.accounts.models.user import User

__all__ = ["ApiToken", "FailedLogin", "User"]
