"""Who may do what in which state: ARCHITECTURE §4 and §6, SECURITY.md and the guide, written out as tables.

A table has a line for each right and a column for each kind of actor. A letter says what is answered:

    y  yes: it is done, or refused for what was asked and not for who asked
    -  there is no such thing: to the byte as for a name that was never given, which for those who are not signed in
       may be the invitation to sign in, if a missing one invites as well
    n  403: one may know of it and may not do this; a page that was sent a form may say so in its place, with 302, 409 or 422
    s  sign in: 401, or the page for it; a page for everybody that was sent a form may say so in its place
    g  410: it was here; who, when and why
    x  nobody does it: refused for what became of the model or for want of the right, whichever is asked first; nothing is changed
    o  whoever holds the right does it, or is refused for what became of the model: the acts of this right differ

``rows.py`` says of each route which right reading and writing ask for. What differs from the documents is said beside the line.
"""

from __future__ import annotations

from enum import StrEnum


class Answer(StrEnum):
    """What a table promises."""

    YES = "y"
    HIDDEN = "-"
    REFUSED = "n"
    SIGN_IN = "s"
    GONE = "g"
    STOPPED = "x"
    EITHER = "o"


# People, each with a session: two-letter names stand on top of the tables.
PEOPLE = {
    "an": "anonymous",
    "su": "suspended owner, with a session from before",
    "st": "stranger, signed in",
    "re": "reader",
    "au": "auditor",
    "co": "contributor, who proposed the change",
    "rv": "reviewer",
    "se": "security reviewer",
    "ma": "maintainer",
    "ad": "admin",
    "ow": "owner of the organisation, who made the models",
    "hs": "security role of the hub, in no organisation",
    "op": "administrator of the hub, in no organisation",
}
PROGRAMS = {
    "ro": "robot of the organisation, a contributor",
    "rt": "the owner's token that may only read",
    "lt": "the owner's token for everything, limited to these models",
    "ot": "the owner's token for everything, limited to another public model",
    "ex": "the owner's token for everything, expired",
}
ACTORS = PEOPLE | PROGRAMS

# --- one model --------------------------------------------------------------------------------------------------------
# know     that there is such a model: whoever has "-" here is answered "-" whatever they ask, and "g" likewise, but where
#          everybody has to sign in before anything is looked at
# address  where a form leads: worked out from what it says, without a look whether there is such a model
# see      its page
# list     its card, names and digests of its files, commits
# record   what was done and said: versions, stages, threads, reports of scans and checks; withdrawing keeps it (§11.6)
# draft    what is proposed and not released: changes, requests and what was decided about them; whoever has "-" here is answered "-"
#          whatever they ask about one
# fetch    bytes that scanning let go, through every door
# be       what is shown to whoever is signed in
# follow   hear of it: one's own affair, so for no token that counts in one place alone, as a robot's does
# join     accept its terms
# talk     open threads, comment
# prepare  see uploads that have begun, and the form for a new one
# write    upload, propose
# push     move main or release without a review
# asking   see the form for the next line
# ask      ask for a review, and people for their decision: whoever has a part in the model; the hub's security role has one in each,
#          to ask for a withdrawal
# unask    take that back
# object   decide against something: the guide counts the hub's security role among the reviewers, and its objections do count
# review   approve, waive
# decided  take back a decision or waiver that the reviewer gave; the security role of the hub may end a waiver
# manage   settings, access, what becomes of it
# move     stages and aliases
# turn     the pages for that: where it is protected they open a request instead, for whoever may ask
# close    end what the contributor proposed: who proposed it, and who manages the model
# keep     read on an upload that the owner began: nobody else learns of it
# send     go on with that upload
# sending  its page, which is one of uploading: who may not upload there is told so, whatever upload was named
# examine  fetch after writing down why: what nothing holds back goes to whoever may fetch it, the rest to the security role
PUBLIC = """
          an su st re au co rv se ma ad ow hs op ro rt lt ot ex
know      y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  s
address   y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  s
see       y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  s
list      y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  s
record    y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  s
draft     y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  s
fetch     y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  s
be        s  s  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  s
follow    s  s  y  y  y  y  y  y  y  y  y  y  y  n  n  n  n  s
join      s  s  y  y  y  y  y  y  y  y  y  y  y  y  n  y  n  s
talk      s  s  y  y  y  y  y  y  y  y  y  y  y  y  n  y  n  s
prepare   s  s  n  n  n  y  n  n  y  y  y  n  n  y  n  y  n  s
write     s  s  n  n  n  y  n  n  y  y  y  n  n  y  n  y  n  s
push      s  s  n  n  n  y  n  n  y  y  y  n  n  y  n  y  n  s
asking    s  s  n  n  n  y  y  y  y  y  y  y  n  y  n  y  n  s
ask       s  s  n  n  n  y  y  y  y  y  y  y  n  y  n  y  n  s
unask     s  s  n  n  n  y  y  y  y  y  y  y  n  y  n  y  n  s
object    s  s  n  n  n  n  y  y  y  y  y  y  n  n  n  y  n  s
review    s  s  n  n  n  n  y  y  y  y  y  n  n  n  n  y  n  s
decided   s  s  n  n  n  n  y  y  y  y  y  y  n  n  n  y  n  s
manage    s  s  n  n  n  n  n  n  y  y  y  n  n  n  n  y  n  s
move      s  s  n  n  n  n  n  n  y  y  y  n  n  n  n  y  n  s
turn      s  s  n  n  n  n  n  n  y  y  y  n  n  n  n  y  n  s
close     s  s  n  n  n  y  n  n  y  y  y  n  n  n  n  y  n  s
keep      s  s  -  -  -  -  -  -  -  -  y  -  -  -  y  y  -  s
send      s  s  -  -  -  -  -  -  -  -  y  -  -  -  n  y  -  s
sending   s  s  n  n  n  -  n  n  -  -  y  n  n  -  n  y  n  s
examine   s  s  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  s
"""

# Lines that a state has not are those of a public model.
STATES = {
    "public": PUBLIC,
    # Whoever is signed in; a token for another model is nobody here.
    "internal": """
          an su st re au co rv se ma ad ow hs op ro rt lt ot ex
know      -  -  y  y  y  y  y  y  y  y  y  y  y  y  y  y  -  s
""",
    # The organisation and who was let in; §4 lets the security role see everything.
    "private": """
          an su st re au co rv se ma ad ow hs op ro rt lt ot ex
know      -  -  -  y  y  y  y  y  y  y  y  y  -  y  y  y  -  s
""",
    # Bytes after the terms are accepted; who works on the model has them. A token that may only read does not work on it.
    "gated": """
          an su st re au co rv se ma ad ow hs op ro rt lt ot ex
fetch     s  s  n  n  n  y  y  y  y  y  y  y  n  y  n  y  n  s
examine   s  s  n  n  n  y  y  y  y  y  y  y  n  y  n  y  n  s
""",
    # Reviewed, and nothing of it released: whoever is no insider does not know of it.
    "unreleased": """
          an su st re au co rv se ma ad ow hs op ro rt lt ot ex
know      -  -  -  -  y  y  y  y  y  y  y  y  -  y  y  y  -  s
push      s  s  n  n  n  x  n  n  x  x  x  n  n  x  n  x  n  s
turn      s  s  n  n  n  y  y  y  y  y  y  y  n  y  n  y  n  s
""",
    # Reviewed, and released once: what is released is everybody's, what is proposed the insiders'.
    "reviewed": """
          an su st re au co rv se ma ad ow hs op ro rt lt ot ex
draft     -  -  -  -  y  y  y  y  y  y  y  y  -  y  y  y  -  s
push      s  s  n  n  n  x  n  n  x  x  x  n  n  x  n  x  n  s
turn      s  s  n  n  n  y  y  y  y  y  y  y  n  y  n  y  n  s
""",
    # Read and fetched as before, takes nothing more.
    "archived": """
          an su st re au co rv se ma ad ow hs op ro rt lt ot ex
talk      s  s  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  s
prepare   s  s  x  x  x  o  x  x  o  o  o  x  x  o  x  o  x  s
write     s  s  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  s
push      s  s  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  s
asking    s  s  x  x  x  o  o  o  o  o  o  o  x  o  x  o  x  s
ask       s  s  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  s
unask     s  s  x  x  x  o  o  o  o  o  o  o  x  o  x  o  x  s
object    s  s  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  s
review    s  s  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  s
move      s  s  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  s
turn      s  s  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  s
""",
    # Scanning found its file dangerous: listed, and fetched by nobody but with a written purpose.
    "quarantined": """
          an su st re au co rv se ma ad ow hs op ro rt lt ot ex
fetch     n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  s
examine   s  s  n  n  n  n  n  y  n  n  n  y  n  n  n  n  n  s
""",
    # 410 with who, when and why; the record stays, nothing more is taken. §4 lets the security role fetch on record:
    # that is ``examine``, where a purpose is written down; without one it is told what everybody is told.
    "withdrawn": """
          an su st re au co rv se ma ad ow hs op ro rt lt ot ex
see       g  g  g  g  g  g  g  g  g  g  g  g  g  g  g  g  g  s
fetch     g  g  g  g  g  g  g  g  g  g  g  g  g  g  g  g  g  s
examine   s  s  g  g  g  g  g  y  g  g  g  y  g  g  g  g  g  s
talk      s  s  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  s
prepare   s  s  x  x  x  o  x  x  o  o  o  x  x  o  x  o  x  s
write     s  s  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  s
push      s  s  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  s
asking    s  s  x  x  x  o  o  o  o  o  o  o  x  o  x  o  x  s
ask       s  s  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  s
unask     s  s  x  x  x  o  o  o  o  o  o  o  x  o  x  o  x  s
object    s  s  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  s
review    s  s  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  s
decided   s  s  x  x  x  x  o  o  o  o  o  o  x  x  x  o  x  s
manage    s  s  x  x  x  x  x  x  o  o  o  x  x  x  x  o  x  s
move      s  s  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  s
turn      s  s  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  s
close     s  s  x  x  x  o  x  x  o  o  o  x  x  x  x  o  x  s
""",
    # Gone for everybody, also for who may restore it: they find it among what was deleted. The glossary calls that hidden and means
    # lists: its address says 410 to those who could know of it, so that a link in a paper is not mistaken for a slip.
    "deleted": """
          an su st re au co rv se ma ad ow hs op ro rt lt ot ex
know      g  g  g  g  g  g  g  g  g  g  g  g  g  g  g  g  g  s
""",
}

# --- everything else --------------------------------------------------------------------------------------------------
# everybody   pages for everybody
# nothing     addresses that lead nowhere, whoever asks
# leave       signing in and out: for people with a browser, signed in or not
# me          read what is one's own
# mine        change what is one's own: for no token that counts in one place alone, as a robot's does
# person      manage one's account: in a browser, never by a token
# create      add a model to the organisation
# found       make an organisation
# teams       know of its teams
# leads       change its teams: admins; who does not know of the team does not learn of it
# inside      its queue of reviews: whoever sees models before their release, no one else knows it
# feed        a secret address of that queue: in person; who left the organisation may still end it
# members     roles, invitations, service accounts, outside collaborators
# mint        tokens of service accounts: in person
# settings    its settings
# policies    its policy
# drafts      what its policy shall become: nobody else knows of it
# audit       its record
# removed     what was deleted of its models; who may purge it sees it
# invited     an invitation of the stranger's: theirs, and of who invites people there; answering it is theirs alone
# answers     answer it
# keys        tokens and webhooks of the owner's: theirs in every way but by a token that is limited
# owned       what belongs to the owner as a person: read it
# own         change it
# bringback   restore a deleted model: nobody else knows of it
# office      the hub's own record, policy and people
# proposed    what the hub's policy shall become: nobody else knows of it
# workshop    every part of every page, for who works on them: nobody else knows of it
# recall      bytes that are handed out nowhere: the security role of the hub
HUB = """
           an su st re au co rv se ma ad ow hs op ro rt lt ot ex
everybody  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  s
nothing    -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  s
leave      y  y  y  y  y  y  y  y  y  y  y  y  y  n  n  n  n  s
me         s  s  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  s
mine       s  s  y  y  y  y  y  y  y  y  y  y  y  n  n  n  n  s
person     s  s  y  y  y  y  y  y  y  y  y  y  y  n  n  n  n  s
create     s  s  n  n  n  y  n  n  y  y  y  n  n  y  n  n  n  s
found      s  s  y  y  y  y  y  y  y  y  y  y  y  n  n  n  n  s
teams      s  s  -  y  y  y  y  y  y  y  y  -  -  y  y  -  -  s
leads      s  s  -  n  n  n  n  n  n  y  y  -  -  n  n  -  -  s
inside     s  s  -  -  y  y  y  y  y  y  y  -  -  y  y  -  -  s
feed       s  s  o  o  y  y  y  y  y  y  y  o  o  n  n  n  n  s
members    s  s  n  n  n  n  n  n  n  y  y  n  n  n  n  n  n  s
mint       s  s  n  n  n  n  n  n  n  y  y  n  n  n  n  n  n  s
settings   s  s  n  n  n  n  n  n  n  n  y  n  n  n  n  n  n  s
policies   s  s  n  n  n  n  n  n  n  y  y  n  n  n  n  n  n  s
drafts     s  s  -  -  -  -  -  -  -  y  y  -  -  -  -  -  -  s
audit      s  s  n  n  y  n  n  n  n  y  y  n  n  n  n  n  n  s
removed    s  s  n  n  n  n  n  n  y  y  y  n  y  n  n  n  n  s
invited    s  s  y  -  -  -  -  -  -  y  y  -  -  -  -  -  -  s
answers    s  s  y  -  -  -  -  -  -  n  n  -  -  -  -  -  -  s
keys       s  s  -  -  -  -  -  -  -  -  y  -  -  -  -  -  -  s
owned      s  s  -  -  -  -  -  -  -  -  y  -  -  -  y  y  y  s
own        s  s  -  -  -  -  -  -  -  -  y  -  -  -  n  n  n  s
bringback  s  s  n  n  n  n  n  n  y  y  y  n  n  n  n  y  n  s
purge      s  s  n  n  n  n  n  n  y  y  y  n  y  n  n  n  n  s
office     s  s  n  n  n  n  n  n  n  n  n  n  y  n  n  n  n  s
proposed   s  s  -  -  -  -  -  -  -  -  -  -  y  -  -  -  -  s
workshop   -  -  -  -  -  -  -  -  -  -  -  -  y  -  -  -  -  s
recall     s  s  n  n  n  n  n  n  n  n  n  y  y  n  n  n  n  s
"""


def read(table: str) -> dict[str, dict[str, Answer]]:
    """A table as right -> actor -> answer."""
    head, *lines = (line for line in table.splitlines() if line.strip())
    actors = head.split()
    found = {}
    for line in lines:
        right, *letters = line.split()
        found[right] = dict(zip(actors, map(Answer, letters), strict=True))
    return found


def _of_models() -> dict[str, dict[str, dict[str, Answer]]]:
    """State -> right -> actor -> answer, with what is not known put over the rest."""
    whole = {}
    for state, table in STATES.items():
        lines = read(PUBLIC) | read(table)
        for actor, knows in lines["know"].items():
            for right, line in lines.items():
                asks_first = knows is Answer.GONE and line[actor] is Answer.SIGN_IN
                if knows is not Answer.YES and right != "address" and not asks_first:
                    line[actor] = knows
        whole[state] = lines
    return whole


OF_MODELS = _of_models()
OF_THE_HUB = read(HUB)
