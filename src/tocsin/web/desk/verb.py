"""Runs a verb for a page: what went well is said once on the next page; what did not, beside the form, with nothing lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tocsin.accounts.roles import may, roles_with
from tocsin.model.errors import BadInput, TocsinError
from tocsin.web.api.errors import status_of

Page = Callable[..., HttpResponse]


def act(
    request: HttpRequest,
    verb: Callable[[], Any],
    said: str,
    target: Callable[[Any], str],
    again: Callable[[TocsinError], HttpResponse],
) -> HttpResponse:
    """Run `verb`; go to `target(result)` and say `said` there, or show the form `again` with the problem and its status."""
    try:
        result = verb()
    except TocsinError as problem:
        response = again(problem)
        response.status_code = status_of(problem)
        return response
    messages.success(request, said)
    return HttpResponseRedirect(target(result))


def needs(*permissions: str) -> Callable[[Page], Page]:
    """Show a page only to those who have one of `permissions`."""

    def guard(page: Page) -> Page:
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(may(request.user, permission) for permission in permissions):
                allowed = list(dict.fromkeys(role for p in permissions for role in roles_with(p)))
                return render(request, "desk/problem.html", {"allowed": allowed}, status=403)
            try:
                return page(request, *args, **kwargs)
            except TocsinError as error:
                return render(request, "desk/problem.html", {"problem": error}, status=status_of(error))

        return guarded

    return guard


def day(text: str, field: str) -> dt.date | None:
    """Return the day that a form's field holds; None where it is empty.

    Raises:
        BadInput: it is no date.
    """
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInput("not a date", field, "YYYY-MM-DD", text[:20]) from error
