"""Look-up: the section index and `kwlint find`."""
