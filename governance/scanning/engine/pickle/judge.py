"""What each thing that a pickle does means: imports, calls, instances, changes to other objects.

The machine reports every such operation here; the judge turns them into findings by the lists. It over-estimates on
purpose: an operation that would fail when loaded is still judged as if it succeeded.
"""

from __future__ import annotations

from governance.scanning.engine import rules
from governance.scanning.engine.pickle import arrays, lists
from governance.scanning.engine.pickle.distributions import is_distribution, runs_text
from governance.scanning.engine.pickle.handed import (
    argument_at,
    encoded_text,
    is_huge,
    is_named,
    is_remembered,
    items_of,
    named_method,
    result_of,
    special_keys,
)
from governance.scanning.engine.pickle.ledger import Ledger
from governance.scanning.engine.pickle.names import (
    Standing,
    canonical,
    is_cython_helper,
    is_importable,
    judge,
)
from governance.scanning.engine.pickle.storages import StorageClaim, storage_claim
from governance.scanning.engine.pickle.trail import Explained, show
from governance.scanning.engine.pickle.values import (
    Blob,
    Encoded,
    External,
    Global,
    Items,
    LongText,
    Made,
    Value,
)

_CALLS_IT = "Calls it, as soon as the file is loaded"
_PLAINLY_DENIED = frozenset(
    one.id
    for one in (rules.pickles.DENIED_CALL, rules.pickles.DENIED_IMPORT, rules.pickles.DOTTED_NAME)
)
_CALLS_IN_CALLS = 8
"""How deep allowed functions may be handed to one another."""


class Judge:
    """The opinion on one stream, and what it claims about the bytes beside it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.storages: list[StorageClaim] = []
        self.nested: dict[object, Blob | Encoded] = {}
        self.imports = 0
        """Imports of something that could be a real name."""
        self.calls = 0
        """Calls of, or changes to, something that could be a real name."""

    def twin(self) -> Judge:
        """A judge of the same place whose opinions do not count yet."""
        return Judge(self._ledger.twin())

    @property
    def is_harmful(self) -> bool:
        """Whether something that is plainly named must never be loaded."""
        return any(finding.rule in _PLAINLY_DENIED for finding in self._ledger.findings)

    def imported(self, module: Value, name: Value, protocol: int, offset: int) -> Value:
        """Look up a name; its operands must be text that stands in the file."""
        if not (isinstance(module, str) and isinstance(name, str)):
            self.imports += 1
            self._ledger.add(
                rules.pickles.COMPUTED_NAME,
                "",
                detail="What to import does not stand in the file as text, it is the result of other operations: "
                f"{show(module)}, {show(name)}.",
                shown=Explained({offset: "Imports whatever that turns out to be"}),
            )
            return External("something imported under a computed name")
        module, name = canonical(module, name, protocol)
        found = Global(module, name, judge(module, name).standing, offset)
        self.imports += is_importable(module, name)
        self.calls += module in lists.ACTS_WHEN_IMPORTED
        self._ledger.note_import(found)
        if found.standing is Standing.DENY:
            self._imported_denied(found)
        elif found.standing is Standing.UNKNOWN:
            self._ledger.add(
                rules.pickles.UNKNOWN_IMPORT,
                found.dotted,
                detail=f"The pickle needs {found.dotted}, which is on no list here.",
                shown=Explained({offset: "Looks up code that is not known here"}, about=found),
            )
        return found

    def _imported_denied(self, found: Global) -> None:
        opinion = judge(found.module, found.name)
        if not opinion.is_plain:
            rule = rules.pickles.DISGUISED_NAME
            detail = (
                f"The name {found.dotted!r} is not written in plain letters, or is no name at all."
            )
        elif opinion.is_dotted:
            rule = rules.pickles.DOTTED_NAME
            detail = f"The pickle imports {found.name} of {found.module}: something that module only leads to."
        else:
            rule = rules.pickles.DENIED_IMPORT
            detail = (
                f"The pickle stream imports {found.dotted}. This is never needed to store weights."
            )
        meaning = lists.CATEGORIES[opinion.category][1]
        self._ledger.add(
            rule, found.dotted, detail=detail, shown=Explained({found.offset: meaning}, about=found)
        )

    def called(self, callee: Value, arguments: Value, offset: int, depth: int = 0) -> Value:
        """Something is called with arguments that the file chooses; returns what the call leaves behind."""
        if isinstance(callee, Global):
            self.calls += is_importable(callee.module, callee.name)
            method = named_method(callee, arguments, offset)
            if method is not None:
                self._ledger.forgive(callee)
                return method
            self._called_global(callee, arguments, offset, depth)
            return result_of(callee, arguments)
        if isinstance(callee, Made | External):
            self.calls += 1
            self._ledger.add(
                rules.pickles.CALLED_RESULT,
                "",
                detail=f"The pickle calls {show(callee)}, which it made or was given while loading, so what it "
                "calls cannot be known beforehand.",
                shown=Explained({offset: _CALLS_IT}),
            )
        return Made(None)

    def _called_global(self, callee: Global, arguments: Value, offset: int, depth: int) -> None:
        pair = (callee.module, callee.name)
        if pair == lists.NESTED_TORCH_FILE:
            self._nested_file(callee, arguments, offset)
        elif pair == lists.REACH and self._is_choice(arguments):
            self._ledger.forgive(callee)
            self._ledger.is_unknown(callee)
        elif callee.standing is Standing.DENY:
            self._called_denied(callee, arguments, offset)
        elif callee.standing is Standing.ALLOW:
            self._called_allowed(pair, arguments, offset, depth)
        else:
            self._called_unknown(callee, offset)

    def _is_choice(self, arguments: Value) -> bool:
        """Python 3.11 stores a member of an Enum as a look-up of its name, and SciPy its methods."""
        holder, name = argument_at(arguments, 0), argument_at(arguments, 1)
        if len(items_of(arguments)) != 2 or not isinstance(name, str) or not name.isidentifier():
            return False
        if isinstance(holder, Made):
            is_distribution_s = holder.of is not None and is_distribution(holder.of.module)
            return is_distribution_s and not name.startswith("__")
        is_enum = isinstance(holder, Global) and (holder.module, holder.name) in lists.ENUMS
        return is_enum and not name.startswith("_")

    def _called_denied(self, callee: Global, arguments: Value, offset: int) -> None:
        category = judge(callee.module, callee.name).category
        does, meaning = lists.CATEGORIES[category]
        count = len(arguments.items) if isinstance(arguments, Items) else 0
        how_many = "one argument" if count == 1 else f"{count} arguments" if count else "arguments"
        shown = f": {show(arguments)}" if count else ""
        self._ledger.was_called(callee)
        self._ledger.add(
            rules.pickles.DENIED_CALL,
            callee.dotted,
            title=f"Would {does} when loaded",
            detail=f"The pickle stream imports {callee.dotted} and calls it with {how_many}{shown}. "
            "This is never needed to store weights.",
            shown=Explained(
                {callee.offset: meaning, offset: _CALLS_IT},
                text="The command" if category == "shell" else "Handed to it",
                about=callee,
            ),
        )

    def _called_unknown(self, callee: Global, offset: int) -> None:
        is_private = judge(callee.module, callee.name).is_private
        self._ledger.is_unknown(callee)
        self._ledger.add(
            rules.pickles.INTERNAL_CALL if is_private else rules.pickles.UNKNOWN_CALL,
            callee.dotted,
            detail=f"The pickle calls {callee.dotted} with arguments that the file chooses. What that does depends "
            "on the program that loads the file.",
            shown=Explained(
                {callee.offset: "Looks up code that is not known here", offset: _CALLS_IT},
                about=callee,
            ),
        )

    def _called_allowed(
        self, pair: tuple[str, str], arguments: Value, offset: int, depth: int
    ) -> None:
        if pair == lists.TEXT_ENCODER:
            self._encoded(arguments, offset)
        if pair in lists.ALLOCATES and any(is_huge(one) for one in items_of(arguments)):
            self.heavy(f"The pickle asks {'.'.join(pair)} for more than memory holds", offset)
        nth = 0 if is_cython_helper(*pair) else lists.INSTANTIATES_ARGUMENT.get(pair)
        if pair in lists.MAKES_ARRAY:
            self.array_of(argument_at(arguments, 0), offset)
        elif nth is not None:
            self.instantiated(argument_at(arguments, nth), offset)
        if pair in lists.CALLS_ARGUMENT:
            which, handed = lists.CALLS_ARGUMENT[pair]
            inner = argument_at(arguments, which)
            if depth >= _CALLS_IN_CALLS or not isinstance(arguments, Items):
                inner = Made(None)
            if type(inner) is str:
                return
            rest = Items("tuple", []) if handed is None else argument_at(arguments, handed)
            self.called(inner, rest, offset, depth + 1)

    def _encoded(self, arguments: Value, offset: int) -> None:
        text, encoding = argument_at(arguments, 0), argument_at(arguments, 1)
        if not (isinstance(text, str | LongText) and isinstance(encoding, str)):
            self._ledger.add(
                rules.pickles.COMPUTED_ENCODING,
                "",
                detail="The pickle re-encodes something that does not stand in the file as text.",
                shown=Explained({offset: _CALLS_IT}),
            )
        elif encoding.lower() not in lists.TEXT_ENCODINGS:
            self._ledger.add(
                rules.pickles.ENCODING,
                encoding,
                detail=f"The pickle re-encodes text as {encoding!r}, which storing bytes never needs.",
                shown=Explained({offset: _CALLS_IT}),
            )

    def _nested_file(self, callee: Global, arguments: Value, offset: int) -> None:
        content = argument_at(arguments, 0)
        encoded = encoded_text(content)
        if isinstance(content, Blob):
            self.nested[content.offset, content.length] = content
        elif encoded is not None:
            self.nested[encoded] = encoded
        else:
            self._called_denied(callee, arguments, offset)
            return
        self._ledger.was_called(callee)
        self._ledger.is_unknown(callee)

    def array_of(self, cls: Value, offset: int) -> None:
        """An empty array of a class, by ``ndarray.__new__``: even a memory map then opens no file."""
        if isinstance(cls, Global) and (cls.module, cls.name) == lists.MEMORY_MAP:
            self._ledger.forgive(cls)
            self._ledger.is_unknown(cls)
        else:
            self.instantiated(cls, offset)

    def instantiated(self, cls: Value, offset: int) -> Value:
        """An instance is made by the class's ``__new__`` alone."""
        if not isinstance(cls, Global):
            return self.called(cls, None, offset)
        self.calls += is_importable(cls.module, cls.name)
        if cls.standing is Standing.DENY:
            self._called_denied(cls, None, offset)
        return Made(cls)

    def changed(self, target: Value, state: Value, offset: int) -> None:
        """BUILD, or items put into something: harmless on what the pickle made, never on what it imported."""
        if isinstance(target, Global | External):
            self.calls += 1
            self._ledger.add(
                rules.pickles.CHANGED_PROGRAM,
                show(target),
                detail=f"The pickle changes {show(target)} itself, which belongs to the program that loads it and "
                "would behave differently from then on.",
                shown=Explained({offset: "Changes it, as soon as the file is loaded"}),
            )
        elif isinstance(target, Made) and is_remembered(target.of):
            target.state = state
            self._described(target, offset)
        if isinstance(target, Made) and target.of and is_distribution(target.of.module):
            self._distribution(target.of, state, offset)
        keys = special_keys(state)
        if keys:
            self._ledger.add(
                rules.pickles.SPECIAL_STATE,
                ", ".join(keys),
                detail=f"The pickle sets {', '.join(keys)} of an object, which decides what the object does.",
                shown=Explained({offset: "Sets it, as soon as the file is loaded"}),
            )

    def _described(self, target: Made, offset: int) -> None:
        """NumPy believes what the state of a type says of it, and reads memory accordingly."""
        if not is_named(target.of, arrays.DTYPE):
            return
        try:
            arrays.item_type(target)
        except arrays.Unclear:
            return
        except arrays.Lie as reason:
            self._ledger.add(
                rules.pickles.SPECIAL_STATE,
                "numpy.dtype",
                detail=f"In the pickle {reason}.",
                shown=Explained({offset: "NumPy believes it, as soon as the file is loaded"}),
            )

    def _distribution(self, cls: Global, state: Value, offset: int) -> None:
        if runs_text(state):
            self._ledger.add(
                rules.pickles.TEMPLATE_CODE,
                cls.dotted,
                detail=f"The state of {cls.dotted} is run as program text while it is loaded, and SciPy did not write it.",
                shown=Explained({offset: "Runs it, as soon as the file is loaded"}),
            )

    def persistent(self, pid: Value, offset: int) -> Value:
        """A persistent id: a tensor storage of torch, or something only its loader understands."""
        claim = storage_claim(pid)
        if claim is not None:
            self.storages.append(claim)
            return External("storage")
        if isinstance(pid, Items) and pid.items[:1] == ["module"] and len(pid.items) == 4:
            return pid.items[1]
        self._ledger.add(
            rules.pickles.PERSISTENT,
            "",
            detail=f"The pickle asks its loader for an object named {show(pid)}.",
            shown=Explained({offset: "Asks the loading program for an object"}),
        )
        return External("object from the loader")

    def heavy(self, what: str, offset: int) -> None:
        """Loading would not end, or not in the memory that there is."""
        self._ledger.add(
            rules.pickles.HEAVY,
            what,
            detail=f"{what}.",
            shown=Explained({offset: "As soon as the file is loaded"}),
        )

    def buffer(self, offset: int) -> Value:
        """NEXT_BUFFER: bytes that its loader must bring along."""
        self._ledger.add(
            rules.pickles.OUTSIDE_BYTES,
            "",
            detail="Bytes that the pickle needs are not in this file, so nobody can say what they are.",
            shown=Explained({offset: "Asks the loading program for bytes"}),
        )
        return External("buffer from the loader")

    def ambiguous(self, offset: int) -> None:
        """The next bytes mean different things to different unpicklers."""
        self.calls += 1
        self._ledger.add(
            rules.pickles.AMBIGUOUS,
            "",
            detail="An operation does not fit into its frame. Programs go on from different places, so what this "
            "file does depends on the program that loads it.",
            shown=Explained({offset: "Does not fit into its frame"}),
        )

    def extension(self, code: int, offset: int) -> Value:
        """EXT1, EXT2, EXT4: what the number stands for is known to the loading program only."""
        self.imports += 1
        self._ledger.add(
            rules.pickles.EXTENSION,
            str(code),
            detail=f"The pickle imports extension number {code}; what that is depends on the loading program.",
            shown=Explained({offset: "Looks up something by number"}),
        )
        return External(f"extension {code}")
