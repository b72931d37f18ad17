"""The handout: a reading list on one clean sheet to print, or what of it is due until a day, with who presents what."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..forms import HandoutForm
from ..models import Order
from .of_list import the_list
from .page import page
from .sign_in import reader_view

#: More than anybody hands out.
_MOST = 100


@require_safe
@reader_view
def list_handout(request: HttpRequest, key: str) -> HttpResponse:
    """In the list's order; what is due until a day, in the order in which it is."""
    shown, form = the_list(request, key), HandoutForm(request.GET)
    form.is_valid()
    until, abstracts = form.cleaned_data.get("until"), form.cleaned_data.get("abstracts", "")
    entries = shown.entries.shown().open()
    ordered = entries.due_until(until).in_order(Order.DUE) if until else entries.in_order(shown.order)
    rows = list(ordered.with_people().with_identifiers()[: _MOST + 1])
    context = {
        "list": shown,
        "form": form,
        "until": until,
        "abstracts": abstracts,
        "entries": rows[:_MOST],
        "has_more": len(rows) > _MOST,
        "today": timezone.localdate(),
    }
    return page(request, "lists/handout.html", context)
