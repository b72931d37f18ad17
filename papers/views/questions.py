"""How to ask: the language of the search box, by examples that can be tried."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .page import page
from .sign_in import library_view

KINDS = {
    "Words": {
        "diffusion image": "Both words, anywhere in a paper: title, authors or abstract.",
        '"neural network"': "These words, in a row.",
        "diffus*": "Words that begin so.",
        "bert2BERT": "Names as they are written; so, too, I&S-ViT or k1.5.",
    },
    "This, or that, or not": {
        "image or video": "At least one of them.",
        "learning image or video": "The first, and one of the other two: “or” gives a choice between its neighbours.",
        "attention -translation": "The first without the second.",
        "(image or video) -(survey or review)": "Parentheses hold together what belongs together.",
    },
    "Where to look": {
        "title:attention": "In the title only.",
        'author:"hinton"': "Among the authors.",
        "abstract:(image or video)": "In the abstract only.",
        'tag:"language models"': "With this tag.",
        "in:foundations": "Named by a source whose name holds this …",
        "in:2026-11": "… or in a digest of this day, month or year.",
    },
    "When": {
        "year:2017": "From this year.",
        "since:2015 until:2017-06": "From here on, and up to there; days, months and years.",
    },
    "Yours": {
        "is:unread": "What you have yet to read.",
        "is:new": "What has come in since your last visit.",
        "is:starred or is:reading": "What you starred, or have begun; also is:read and is:dismissed.",
        "is:revised": "What you began, read or starred before a digest told of a newer version.",
        "is:noted or is:rated": "What you wrote a note on, or rated from 1 to 5.",
        'list:"thursday readers"': "What stands on the reading list of this name, if you may see one …",
        "list:any is:unread": "… or on any of your own and those shared with you, as far as you have yet to read it.",
    },
    "One paper": {
        "1706.03762": "An arXiv id, a DOI, or the address of either leads straight to the paper.",
        "doi:10.1038/323533a0": "The same within a longer question; id: takes any identifier.",
    },
}


@require_safe
@library_view
def index(request: HttpRequest) -> HttpResponse:
    kinds = [(title, list(examples.items())) for title, examples in KINDS.items()]
    return page(request, "papers/questions.html", {"kinds": kinds})
