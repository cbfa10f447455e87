"""The kit of pages: tags, components, static files, error pages."""
