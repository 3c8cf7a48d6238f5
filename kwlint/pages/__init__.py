"""From facts to the text a page ought to hold: pure functions, one kind of page per file."""
