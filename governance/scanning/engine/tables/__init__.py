"""Tables: Parquet, Arrow, text with columns."""
