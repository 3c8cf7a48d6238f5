"""The command line: arguments, commands, progress. The only package that prints."""
