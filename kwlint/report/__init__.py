"""Reports: problems as text, one format per file. A format is a pure function `render(problems, view) -> str`."""
