"""PDF (ISO 32000-2), as far as it takes to know that a document only shows itself."""
