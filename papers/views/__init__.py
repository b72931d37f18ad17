"""The doors: a request becomes a question, a question becomes a reply."""
