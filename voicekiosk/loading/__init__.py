"""Content files into frozen core types; the only room that knows YAML."""
