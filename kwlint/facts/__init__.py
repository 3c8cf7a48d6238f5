"""Document -> facts, one kind per file; `gather` puts them together."""
