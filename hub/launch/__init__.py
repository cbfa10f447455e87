"""Starting the hub on one machine: checks first, then the web server, the worker and the clock under one parent.

Only the standard library and no Django (but for ``static_files``): the parent lives as long as the hub does and should cost next to no memory,
and it must be able to say what is wrong with the data folder before the settings read it.
"""
