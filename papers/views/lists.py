"""Reading lists: those that somebody sees, and those that are offered to them."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from ..forms import ListForm
from ..models import Membership, ReadingList, User
from ..models.holdings import sized
from .page import page
from .sign_in import reader_view


@require_http_methods(["GET", "HEAD", "POST"])
@reader_view
def index(request: HttpRequest) -> HttpResponse:
    """One's own, those that are shared with one, and those of the site; by POST a new one is made."""
    assert isinstance(request.user, User)
    reader = request.user
    form = ListForm(request.POST if request.method == "POST" else None, owner=reader)
    if made := form.saved():
        return HttpResponseRedirect(made.get_absolute_url())
    lists = list(sized(ReadingList.objects.of_member(reader), reader))
    standing = [each for each in lists if each.is_standing]
    context = {
        "form": form,
        "own": [each for each in standing if each.owner_id == reader.pk],
        "shared": [each for each in standing if each.owner_id != reader.pk],
        "site": sized(ReadingList.objects.visible_to(reader).apart_from(reader).standing(), reader),
        "archived": [each for each in lists if not each.is_standing],
        "offers": Membership.objects.offered_to(reader).told(),
    }
    return page(request, "lists/index.html", context)
