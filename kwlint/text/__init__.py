"""Characters, words, sentences and data tables; no module here knows Markdown."""
