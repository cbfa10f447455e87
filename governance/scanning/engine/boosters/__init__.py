"""Trees and word vectors in the forms of their libraries."""
