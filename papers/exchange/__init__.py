"""The border: files become papers, and papers files."""
