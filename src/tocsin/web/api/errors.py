"""The one JSON shape of every error: error, what, where, expected, got, todo."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from tocsin.model.errors import BadInput, NotFound, NotPermitted, Refused, TocsinError, WrongUse

#: Kind of error -> HTTP status; anything else that Tocsin raises is 500.
STATUS: tuple[tuple[type[TocsinError], int], ...] = ((NotPermitted, 403), (NotFound, 404), (Refused, 409), (BadInput, 422), (WrongUse, 400))


def status_of(error: TocsinError) -> int:
    """Return the HTTP status that says what kind of error this is."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def register(api: NinjaAPI) -> None:
    """Make `api` answer every error in the one shape."""

    def answer(request: HttpRequest, error: TocsinError, status: int) -> HttpResponse:
        return api.create_response(request, error.as_dict(), status=status)

    @api.exception_handler(TocsinError)
    def _known(request: HttpRequest, error: TocsinError) -> HttpResponse:
        return answer(request, error, status_of(error))

    @api.exception_handler(AuthenticationError)
    def _nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        todo = "Send Authorization: Bearer TOKEN (tocsin user token NAME), or sign in."
        got = "a token that is not known or has ended" if request.headers.get("Authorization") else "neither"
        return answer(request, NotPermitted("nobody is signed in", request.path, "a token or a session", got, todo), 401)

    @api.exception_handler(ValidationError)
    def _misshaped(request: HttpRequest, error: ValidationError) -> HttpResponse:
        first = error.errors[0]
        where = ".".join(str(part) for part in first["loc"])
        return answer(
            request, BadInput("the request does not have the right form", where, got=first["msg"], todo="See /api/v1/openapi.json"), 422
        )

    @api.exception_handler(Throttled)
    def _too_often(request: HttpRequest, error: Throttled) -> HttpResponse:
        response = answer(request, Refused("too many requests", request.path, todo="Wait a minute, then go on."), 429)
        response["Retry-After"] = "60"
        return response

    @api.exception_handler(HttpError)
    def _other(request: HttpRequest, error: HttpError) -> HttpResponse:
        kind = NotPermitted if error.status_code in (401, 403) else WrongUse
        return answer(request, kind(str(error).rstrip(".").lower(), request.path), error.status_code)

    @api.exception_handler(Http404)
    def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return answer(request, NotFound("nothing is at this address", request.path, todo="See /api/v1/openapi.json"), 404)
