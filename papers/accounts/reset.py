"""Links to set a new password: what makes each of them work no more."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from ..models import User


class Tokens(PasswordResetTokenGenerator):
    """Beside what ends one everywhere, a change of somebody's addresses or powers: a curator may help in whoever has
    none, and comes in as nobody who got some since."""

    def _make_hash_value(self, user: AbstractBaseUser, timestamp: int) -> str:
        person = User.objects.get(pk=user.pk)  # whose permissions nobody has looked up before
        addresses = sorted(address.lower() for address in person.addresses)
        powers = person.is_staff, person.is_superuser, sorted(person.get_all_permissions())
        return f"{super()._make_hash_value(person, timestamp)}{addresses}{powers}"
