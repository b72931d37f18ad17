"""Forms of talk: what somebody says, of what, whom they mention, and what of it is hidden."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404

from .models import Remark
from .models.talk import Talk
from .text import storable

#: More than anybody says in one go.
LONGEST_REMARK = 10_000


class RemarkForm(forms.Form):
    """Somebody's words in a talk."""

    text = forms.CharField(required=False)
    answers = forms.IntegerField(required=False)
    """The number of the remark that it answers."""
    was = forms.CharField(required=False)
    """The stamp of the remark that was to be changed."""

    def __init__(self, *args: Any, talk: Talk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.talk = talk

    def clean_text(self) -> str:
        text = storable(self.cleaned_data["text"]).strip()
        if not text:
            raise forms.ValidationError("Not said: there is nothing in it. Write something, and send it again.")
        if len(text) > LONGEST_REMARK:
            raise forms.ValidationError(
                f"Not said: it has {len(text):,} characters, and {LONGEST_REMARK:,} is the most. Shorten it by "
                f"{len(text) - LONGEST_REMARK:,}, and send it again."
            )
        return text

    def clean_answers(self) -> Remark | None:
        number = self.cleaned_data["answers"]
        return get_object_or_404(self.talk.remarks, pk=number) if number else None

    def clean(self) -> None:
        if not self.talk.is_open:
            raise forms.ValidationError(
                "Not said: the list was put in the archive meanwhile, and stays as it is. Its owner can bring it back."
            )

    def say(self) -> Remark:
        return self.talk.say(self.cleaned_data["text"], self.cleaned_data["answers"])

    def change(self, remark: Remark) -> None:
        """Raises ValidationError where it says something else than when they began to write, as by them elsewhere."""
        text = self.cleaned_data["text"]
        if remark.removed_at or remark.hidden_at:
            raise forms.ValidationError(f"Not saved: it was {'removed' if remark.removed_at else 'hidden'} meanwhile.")
        if self.cleaned_data["was"] != remark.stamp and text != remark.text:
            raise forms.ValidationError(
                "Not saved yet: it was changed in another place while you wrote, and says now what stands above. Take "
                "from it what you need; to save puts your text in its place."
            )
        if text != remark.text:
            self.talk.change(remark, text)


class AboutForm(forms.Form):
    """The key of the paper of which something is said in a list; none where it is said of the list itself."""

    about = forms.CharField(required=False, max_length=12)


class MentionForm(forms.Form):
    """How the name begins of somebody who is to be mentioned, and in which list, if in one."""

    who = forms.CharField(required=False, max_length=150)
    list = forms.CharField(required=False, max_length=12)


class HidingForm(forms.Form):
    """Whether what somebody said is hidden, or there to be read again."""

    hidden = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
