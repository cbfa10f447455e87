"""What the people of the demonstration say to each other."""

from __future__ import annotations

from hub.demo.planting.releases import Proposal

LANGUAGE_1 = Proposal(
    label="1.0.0",
    title="Twelve languages from the Universal Declaration",
    description="Counts of three-letter runs, nothing clever. The test articles are listed in the card and were never trained on.",
    maker="tesfaye",
    comments=(
        (
            "ines",
            "Is the test really on other articles? The Declaration repeats itself: “Everyone has the right to …”",
        ),
        (
            "tesfaye",
            (
                "It is, and you are right that the wording repeats. That is why I also cut the test into pieces of 20 "
                "characters; those numbers are the honest ones. The card now says so under “Known limits”."
            ),
        ),
    ),
    approvals=(
        (
            "ines",
            "I ran the example on another machine and got the same numbers. Good enough for a first version.",
        ),
    ),
)
LANGUAGE_2 = Proposal(
    label="2.0.0",
    title="Seven more languages, and fewer mistakes in short texts",
    description="Runs of one to three letters and eight times the buckets. 623 kB in place of 49.",
    maker="tesfaye",
    comments=(
        (
            "ines",
            "How does it do on the twelve old ones alone? More languages could hide a step back.",
        ),
        (
            "tesfaye",
            "The table has a row for each. On the short pieces, every one of the twelve is level or better.",
        ),
    ),
    approvals=(
        ("ines", "Spanish and Portuguese are the weak spot, and the card says so first. Approved."),
    ),
)
LANGUAGE_TALK = (
    "Could Oromo be added?",
    (
        "noor",
        "Many of our letters are in Afaan Oromo, and the model calls them Somali. Is there a text that it could learn from?",
    ),
    (
        "tesfaye",
        (
            "The package that I took the texts from has no Oromo. If you know a text that we may use and that has the same "
            "thirty articles, open a change or tell me here."
        ),
    ),
)
EAST_1 = Proposal(
    label="1.0.0",
    title="Which language, for East Africa",
    description="2.0.0 cut down to eight languages and trained on with short pieces. Less than half the size.",
    maker="tesfaye",
    comments=(
        (
            "kofi",
            "Offices have used tools like this to doubt where people come from. I would not like our name on that.",
        ),
        (
            "amina",
            "Agreed. I have put terms on the model that exclude it; readers accept them before they get the file.",
        ),
    ),
    approvals=(
        (
            "ines",
            "It is hardly better than its base, and the card says so in plain words. Half the size is reason enough.",
        ),
        ("kofi", "With the terms in place I agree."),
    ),
)
EAST_TERMS = (
    "I will not use this model to infer or to doubt where a person comes from, which people they belong to, or whether "
    "they may stay somewhere, and I will pass this condition on with every copy and every model made from it."
)
DIGITS_1 = Proposal(
    label="1.0.0",
    title="A linear classifier for the digits on our forms",
    description="650 numbers. The yardstick for whatever comes next.",
    maker="jonas",
    comments=(
        (
            "lucia",
            "What happens with a form that somebody filled in with a ballpoint on carbon paper?",
        ),
        (
            "jonas",
            "It has not seen any. “What it is not for” now says forms that matter, in the first line.",
        ),
    ),
    approvals=(
        ("lucia", "The numbers hold, and the limits are stated where a clerk will read them."),
        ("kofi", "One safetensors file, two text files. Nothing in them can run."),
    ),
)
DIGITS_2 = Proposal(
    label="2.0.0",
    title="A hidden layer for the digits",
    description="Reads more digits right than the linear one, at less than four times its size.",
    maker="jonas",
    comments=(
        (
            "lucia",
            (
                "The check is right: this card no longer says what the model is not for, nor where its limits are. 1.0.0 had both. "
                "Please put them back; a clerk who updates must not lose them."
            ),
        ),
        (
            "jonas",
            "I shortened too much. I will bring both sections back and say how the new one fails.",
        ),
        (
            "kofi",
            "For security I am content: the same formats as before, nothing that can run. I approve once the check passes.",
        ),
    ),
)
DIGITS_TALK = (
    "Fours that are read as nines",
    ("noor", "I tried my own handwriting and my open fours come out as nines. Is that known?"),
    (
        "jonas",
        (
            "Not as such. Could you draw one as 8 rows of 8 numbers and post it here? One layer weighs every point for itself, "
            "so a loop that is nearly closed looks closed to it."
        ),
    ),
)
SMALL_1 = Proposal(
    label="1.0.0",
    title="The digits in eight bits",
    description="For the counter in the mail room, which has 32 kB of memory.",
    maker="jonas",
    approvals=(
        ("lucia", "As many right as the original. Approved."),
        ("kofi", "Rounded numbers and a scale. Nothing in the file can run."),
    ),
)
PAIRS_GONE = (
    "Pairs of letters are too little: half of its names nobody can pronounce. The class made a better one that looks back "
    "at three letters."
)
TREES_TALK = (
    "Our printers are called after it now",
    (
        "mei",
        (
            "Kurelian Elm and Rosilver Bud are on the second floor. The large one insists on being called Peach, which "
            "exists."
        ),
    ),
    (
        "noor",
        "It learns from real names and sometimes remembers one. A better model would know which ones it must not say.",
    ),
)
BLOCKED_TALK = (
    "Why can nobody download this?",
    (
        "noor",
        "I saved the weights the way the old tutorial does, and the page says that the file is blocked.",
    ),
    (
        "kofi",
        (
            "Look at the scan report: the file names os.system, so opening it would run a command. Here it only prints a line, "
            "but nobody can see that from outside, so nobody gets it. Save the weights as safetensors and upload them again."
        ),
    ),
)
