"""The front gate: every address of the library on one page."""

from django.urls import path, register_converter

from .views import (
    account,
    activity,
    adding,
    colleagues,
    deletion,
    digests,
    handout,
    invitations,
    keys,
    list_entries,
    list_entry,
    list_invitations,
    list_links,
    list_members,
    list_settings,
    lists,
    markings,
    membership,
    onward,
    papers,
    pasting,
    periods,
    questions,
    reading,
    reading_list,
    recommendations,
    remarks,
    saving,
    sessions,
    shared,
    stale,
    suggestions,
    tagging,
    tags,
)


class Key:
    """The public key of a paper, or of a reading list."""

    regex = "[2-9a-z]{12}"

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


class Year:
    """Four digits."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class MonthOrDay(Year):
    """Two digits; understood with one."""

    regex = "[0-9]{1,2}"

    def to_url(self, value: int) -> str:
        return f"{value:02}"


register_converter(Key, "key")
register_converter(Year, "year")
register_converter(MonthOrDay, "two")

urlpatterns = [
    path("", digests.today, name="today"),
    path("account/deletion/", deletion.account_deletion, name="account_deletion"),
    path("account/sessions/", sessions.sessions, name="usersessions_list"),
    path("account/sessions/<int:number>/removal/", sessions.session_removal, name="session_removal"),
    path("account/", account.account, name="account"),
    path("account/export.jsonl", account.account_export, name="account_export"),
    path("activity/", activity.activity, name="activity"),
    path("colleagues/", colleagues.index, name="colleagues"),
    path("digests/", digests.index, name="digests"),
    path("digests/<year:year>/w<two:number>/", periods.week, name="week"),
    path("digests/<year:year>/<two:month>/", periods.month, name="month"),
    path("digests/<year:year>/<two:month>/<two:day>/", digests.day, name="day"),
    path("digests/<year:year>/<two:month>/<two:day>/<str:source>/", digests.digest, name="digest"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("lists/", lists.index, name="lists"),
    path("invitation/", invitations.held_invitation, name="held_invitation"),
    path("invitation/removal/", invitations.held_invitation_removal, name="held_invitation_removal"),
    path("lists/<key:key>/", reading_list.reading_list, name="reading_list"),
    path("lists/<key:key>/papers/", adding.list_papers, name="list_papers"),
    path("lists/<key:key>/papers/removal/", adding.list_papers_removal, name="list_papers_removal"),
    path("lists/<key:key>/papers/<key:paper>/aside/", list_entries.list_entry_aside, name="list_entry_aside"),
    path("lists/<key:key>/papers/<key:paper>/care/", list_entries.list_entry_care, name="list_entry_care"),
    path("lists/<key:key>/papers/<key:paper>/claim/", list_entries.list_entry_claim, name="list_entry_claim"),
    path("lists/<key:key>/papers/<key:paper>/place/", list_entries.list_entry_place, name="list_entry_place"),
    path("lists/<key:key>/papers/<key:paper>/reason/", list_entries.list_entry_reason, name="list_entry_reason"),
    path("lists/<key:key>/papers/<key:paper>/removal/", list_entries.list_entry_removal, name="list_entry_removal"),
    path(
        "lists/<key:key>/papers/<key:paper>/restoration/",
        list_entries.list_entry_restoration,
        name="list_entry_restoration",
    ),
    path("lists/<key:key>/archive/", list_settings.list_archive, name="list_archive"),
    path("lists/<key:key>/archive/removal/", list_settings.list_archive_removal, name="list_archive_removal"),
    path("lists/<key:key>/deletion/", list_settings.list_deletion, name="list_deletion"),
    path("lists/<key:key>/invitations/", list_invitations.list_invitations, name="list_invitations"),
    path(
        "lists/<key:key>/invitations/<int:number>/revocation/",
        list_invitations.list_invitation_revocation,
        name="list_invitation_revocation",
    ),
    path("lists/<key:key>/links/", list_links.share_links, name="share_links"),
    path(
        "lists/<key:key>/links/<int:number>/revocation/", list_links.share_link_revocation, name="share_link_revocation"
    ),
    path("lists/<key:key>/members/", list_members.members, name="members"),
    path("lists/<key:key>/members/suggestions/", list_members.member_suggestions, name="member_suggestions"),
    path("lists/<key:key>/members/<int:number>/role/", list_members.membership_role, name="membership_role"),
    path("lists/<key:key>/members/<int:number>/removal/", list_members.member_removal, name="member_removal"),
    path("lists/<key:key>/membership/", membership.membership, name="membership"),
    path("lists/<key:key>/membership/removal/", membership.membership_removal, name="membership_removal"),
    path("lists/<key:key>/owner/", list_settings.list_owner, name="list_owner"),
    path("lists/<key:key>/settings/", list_settings.list_settings, name="list_settings"),
    path("lists/<key:key>/papers/<key:paper>/", list_entry.list_entry, name="list_entry"),
    path(
        "lists/<key:key>/papers/<key:paper>/recommendation/",
        recommendations.entry_recommendation,
        name="entry_recommendation",
    ),
    path(
        "lists/<key:key>/papers/<key:paper>/recommendation/removal/",
        recommendations.entry_recommendation_removal,
        name="entry_recommendation_removal",
    ),
    path("lists/<key:key>/remarks/", remarks.list_remarks, name="list_remarks"),
    path("lists/<key:key>/remarks/<int:number>/", remarks.list_remark, name="list_remark"),
    path("lists/<key:key>/remarks/<int:number>/removal/", remarks.list_remark_removal, name="list_remark_removal"),
    path("lists/<key:key>/remarks/<int:number>/hiding/", remarks.list_remark_hiding, name="list_remark_hiding"),
    path("lists/<key:key>/handout/", handout.list_handout, name="list_handout"),
    path("next/", onward.next_unread, name="next_unread"),
    path("keys/", keys.keys, name="keys"),
    path("papers/", papers.index, name="papers"),
    path("papers/lists/", saving.papers_lists, name="papers_lists"),
    path("papers/markings/", markings.markings, name="markings"),
    path("papers/markings/<int:number>/removal/", markings.marking_removal, name="marking_removal"),
    path("papers/questions/", questions.index, name="questions"),
    path("papers/suggestions/", suggestions.index, name="suggestions"),
    path("papers/<key:key>/", papers.paper, name="paper"),
    path("papers/<key:key>/lists/", saving.paper_lists, name="paper_lists"),
    path("papers/<key:key>/state/", reading.state, name="state"),
    path("papers/<key:key>/note/", reading.note, name="note"),
    path("papers/<key:key>/recommendation/", recommendations.recommendation, name="recommendation"),
    path(
        "papers/<key:key>/recommendation/removal/",
        recommendations.recommendation_removal,
        name="recommendation_removal",
    ),
    path("papers/<key:key>/remarks/", remarks.paper_remarks, name="paper_remarks"),
    path("papers/<key:key>/remarks/<int:number>/", remarks.paper_remark, name="paper_remark"),
    path("papers/<key:key>/remarks/<int:number>/removal/", remarks.paper_remark_removal, name="paper_remark_removal"),
    path("papers/<key:key>/remarks/<int:number>/hiding/", remarks.paper_remark_hiding, name="paper_remark_hiding"),
    path("papers/<key:key>/tags/", tagging.paper_tags, name="paper_tags"),
    path("papers/<key:key>/tags/<str:slug>/removal/", tagging.paper_tag_removal, name="paper_tag_removal"),
    path("paste/", pasting.pastes, name="pastes"),
    path("paste/<int:number>/", pasting.paste, name="paste"),
    path("paste/<int:number>/removal/", pasting.paste_removal, name="paste_removal"),
    path("pending/", stale.pending, name="pending"),
    path("pending/removal/", stale.pending_removal, name="pending_removal"),
    path("shared/<str:token>/", shared.shared, name="shared"),
    path("tags/", tags.index, name="tags"),
    path("theme/", account.theme, name="theme"),
]
