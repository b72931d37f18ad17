"""How fast Lectern is, and that it stays so: `python -m tests.benchmarks` measures it through the running server."""
