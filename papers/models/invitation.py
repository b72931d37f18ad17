"""Invitations: somebody may make an account, by a link that works once."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models

from .user import User


class Invitation(models.Model):
    """A link that lets one person in. The link itself is known to nobody but whom it was given to: only its hash is
    kept."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField(blank=True, help_text="Where it is sent; empty where the link is passed on by hand.")
    teams = models.ManyToManyField(Group, blank=True, related_name="+", help_text="Which they join by accepting.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)

    def __str__(self) -> str:
        return f"Invitation of {self.made_at:%-d %B %Y}" + (f" for {self.email}" if self.email else "")
