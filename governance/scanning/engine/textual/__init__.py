"""What text asks of the programs that read it: templates, YAML, source code, pages, settings and secrets."""
