"""The search behind `kwlint find`."""
