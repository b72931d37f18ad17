"""Signing in at the team's own OpenID provider, and the teams that it tells of."""
