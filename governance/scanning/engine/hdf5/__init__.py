"""HDF5, read by our own bounded rules (file format specification 3.0), without the library.

It reads structure: superblock, object headers, groups in all three forms, attributes, layouts, heaps. Arrays are only
located, never interpreted, except small ones of bytes, which may hold another file.
"""
