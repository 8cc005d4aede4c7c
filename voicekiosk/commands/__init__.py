"""One module per command of the command line: add_parser() and run()."""
