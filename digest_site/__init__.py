"""The frame around the papers app: settings, addresses, the server's entry point."""

__version__ = "0.1.0.dev0"
