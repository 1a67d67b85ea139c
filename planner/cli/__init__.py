"""The command line: the only writer to standard output and standard error."""
