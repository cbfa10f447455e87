"""What templates for models use, and what only an escape needs. Whatever stands on neither list is pointed out."""

from __future__ import annotations

from governance.scanning.engine.words import words

FILTERS = words("""abs batch capitalize center count d default dictsort e escape filesizeformat first float
    forceescape format from_json fromjson groupby indent int items join last length list lower map max min pprint reject rejectattr
    replace reverse round safe select selectattr slice sort string striptags sum title tojson to_json trim truncate unique upper
    urlencode wordcount wordwrap xmlattr""")
TESTS = words("""!= < <= == > >= boolean callable defined divisibleby eq equalto escaped even false filter float ge
    greaterthan gt in integer iterable le lessthan lower lt mapping ne none number odd sameas sequence string test true undefined
    upper""")
FUNCTIONS = words(
    "range namespace dict joiner cycler raise_exception strftime_now caller super loop"
)
ROOTS = words("cycler joiner lipsum self request config range dict namespace")
"""Names with attributes that lead out of a template; Flask and others add some of them."""
FOREIGN_ROOTS = words(
    "g app application session url_for get_flashed_messages current_app settings handler"
)
METHODS = frozenset(
    name
    for kind in (str, list, dict, tuple, int, float)
    for name in dir(kind)
    if not name.startswith("_")
) - {"format_map", "from_bytes", "fromhex", "fromkeys", "maketrans"}
INNER = words("""mro gi_frame gi_code gi_yieldfrom cr_frame cr_code ag_frame ag_code f_globals f_locals f_builtins f_back f_code
    tb_frame tb_next func_globals func_code func_closure co_consts im_func im_self im_class""")
"""Attributes without underscores that the sandbox of Jinja keeps away all the same."""
COMMANDS = words("""popen system spawn execve getoutput check_output import_module load_module exec eval compile open
    from_pyfile from_object from_envvar modules builtins os subprocess globals linecache importlib""")
BY_ATTRIBUTE = words("map selectattr rejectattr groupby sort sum unique min max")
"""Filters whose arguments name attributes."""
BY_TEST = {"select": 0, "reject": 0, "selectattr": 1, "rejectattr": 1}
"""Filters that are given the name of a test, and where."""
ATTRIBUTE_WORDS = words("attribute")
MAKES_TEXT = words("""join replace reverse format string lower upper title capitalize trim map urlencode batch first last
    list escape e striptags sort min max sum indent center wordwrap truncate slice unique safe default d tojson items random""")
MAKES_NUMBERS = words("length count int float abs round wordcount")
TEXT_METHODS = words("""join replace format format_map lower upper title capitalize swapcase strip lstrip rstrip encode decode
    translate removeprefix removesuffix split rsplit partition rpartition zfill center ljust rjust pop get""")
WIDENS = words("center ljust rjust zfill indent wordwrap expandtabs truncate")
