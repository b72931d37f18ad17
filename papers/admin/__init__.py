"""The curator's desk: what is in the library, where it came from, and what could not be read."""

from django.contrib import admin

from . import library, people  # noqa: F401 - they register themselves

admin.site.site_header = "Lectern, the curator’s desk"
admin.site.site_title = "Lectern"
admin.site.index_title = "The library"
