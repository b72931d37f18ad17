"""Devices: which browser on which system sends a request, in words a person knows them by."""

from collections.abc import Mapping

#: The mark in what a browser says of itself, and its name. Most claim to be others too: the rarer one stands first.
_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Vivaldi/": "Vivaldi",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac OS X": "a Mac",
    "Linux": "Linux",
}


def device(user_agent: str) -> str:
    """“Firefox on Android”; of a program that is no browser, the name it gives itself."""
    browser, system = _named(user_agent, _BROWSERS), _named(user_agent, _SYSTEMS)
    if not browser:
        return user_agent.split("/", maxsplit=1)[0].split("(", maxsplit=1)[0].strip()[:40] or "A program without a name"
    return f"{browser} on {system}" if system else browser


def _named(user_agent: str, names: Mapping[str, str]) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "")
