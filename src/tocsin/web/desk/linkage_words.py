"""Fields of a person's record and outcomes of comparisons in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FIELDS: dict[str, object] = {
    "list": _("List"),
    "name": _("Name"),
    "given": _("Given name"),
    "father": _("Father's name"),
    "family": _("Family name"),
    "date": _("Date of death"),
    "died": _("Date of death"),
    "born": _("Date of birth"),
    "place": _("Place"),
    "region": _("District"),
    "admin_code": _("District"),
    "sex": _("Sex"),
    "age": _("Age"),
    "status": _("Status"),
}
LEVELS: dict[str, object] = {
    "missing": _("not known"),
    "equal": _("the same"),
    "equal by sound": _("the same by sound"),
    "same day": _("the same day"),
    "same place": _("the same place"),
}
