"""Accounts: how people come in, and how django-allauth behaves and speaks here."""
