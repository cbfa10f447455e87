"""Protocol buffers, read as bytes: no generated code, no library, one walker and plain tables of fields."""
