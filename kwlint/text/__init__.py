"""Characters, words and sentences; nothing here knows Markdown."""
