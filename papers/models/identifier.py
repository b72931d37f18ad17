"""What other libraries know a paper by."""

from django.db import models

from .paper import Paper


class Identifier(models.Model):
    """An identifier in its canonical spelling (`ids.Identifier`). Two works may claim one; it is shown on both."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=500)

    class Meta:
        ordering = ["scheme", "value"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value", "paper"], name="identifier_once_per_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"

    @property
    def label(self) -> str:
        return f"{_SPELLING.get(self.scheme, self.scheme)} {self.value}"

    @property
    def url(self) -> str:
        """Where the identifier leads; empty where nobody resolves it."""
        return _ADDRESS.get(self.scheme, "").format(self.value)


_ADDRESS = {
    "arxiv": "https://arxiv.org/abs/{}",
    "doi": "https://doi.org/{}",
    "openreview": "https://openreview.net/forum?id={}",
    "acl": "https://aclanthology.org/{}/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
}

_SPELLING = {"arxiv": "arXiv", "openreview": "OpenReview", "acl": "ACL", "pmid": "PMID"}
