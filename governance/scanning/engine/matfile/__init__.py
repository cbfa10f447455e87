"""MATLAB's own files before version 7.3, which are HDF5: arrays of numbers and text, cells and structures of them."""
