"""What tests of invitations do again and again."""

from typing import Any

from django.test import Client
from django.utils import timezone

from papers.models import Invitation, User
from tests.page import Page


def form(**said: str) -> dict[str, str]:
    words = "long enough words"
    return {"name": "Ada L.", "username": "ada", "email": "", "password1": words, "password2": words, **said}


def invite(by: User, **said: Any) -> tuple[Invitation, str]:
    """One, and the address of its link."""
    invitation, token = Invitation.objects.make(by, **said)
    return invitation, f"/invitations/{token}/"


def sign_up(client: Client, link: str, **said: str) -> Page:
    client.get(link)
    return Page(client.post("/account/signup/", form(**said), follow=True))


def spoil(invitation: Invitation, how: str) -> None:
    maker = User.objects.filter(username="carol")
    match how:
        case "used":
            assert invitation.accept()
        case "revoked":
            assert invitation.revoke()
        case "expired":
            Invitation.objects.update(expires_at=timezone.now())
        case "of somebody shut out":
            maker.update(is_active=False)
        case "of somebody who left":
            maker.delete()
        case "of somebody who may not invite any more":
            maker.get().groups.clear()


SPOILT = [
    "used",
    "revoked",
    "expired",
    "of somebody shut out",
    "of somebody who left",
    "of somebody who may not invite any more",
]
