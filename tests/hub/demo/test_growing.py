"""Training: the same every time, honest about itself, and readable by the hub."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hub.demo.growing import declaration, digit_models, language_models, name_models
from hub.demo.growing.__main__ import MODELS
from hub.demo.growing.bait import PICKLE
from hub.demo.growing.digits import images, in_eight_bits
from models_catalog.artifacts.safetensors import header_length, read_header
from models_catalog.cards.front_matter import read_front_matter, split_card
from models_catalog.taxonomy.queries import is_known_licence, tasks

ROOT = Path(__file__).resolve().parents[3]
HUB = "http://localhost:8000"
LARGEST = 400_000  # bytes


def grown_in_a_process_of_its_own(folder, *, seed):
    command = [sys.executable, "-m", "hub.demo.growing", str(folder), "--hub", HUB]
    environment = {"PATH": os.environ["PATH"], "PYTHONHASHSEED": seed}
    subprocess.run(command, check=True, cwd=ROOT, env=environment)
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def models():
    """The files of every model by its name, trained once in this process."""
    return {name: grow(HUB) for name, grow in MODELS.items()}


@pytest.mark.slow
def test_training_gives_the_same_bytes_every_time(tmp_path, models):
    elsewhere = grown_in_a_process_of_its_own(tmp_path, seed="7")

    here = {
        f"{name}/{path}": hashlib.sha256(content).hexdigest()
        for name, files in models.items()
        for path, content in files.items()
    }
    assert elsewhere == here


def test_what_was_trained_already_is_not_trained_again(tmp_path):
    for name in MODELS:
        (tmp_path / name).mkdir()

    assert grown_in_a_process_of_its_own(tmp_path, seed="7") == {}


@pytest.mark.parametrize("name", sorted(set(MODELS) - {"blocked"}))
def test_the_hub_reads_the_weights(models, name):
    data = models[name]["model.safetensors"]
    length = header_length(data[:8], file_size=len(data))

    facts = read_header(data[8 : 8 + length])

    assert facts.parameters > 0
    assert len(data) == 8 + length + sum(size for *_, size in facts.tensors)


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_card_names_its_licence_and_leaves_no_blank(models, name):
    front, text = split_card(models[name]["README.md"].decode())
    facts, problems = read_front_matter(front)

    assert problems == []
    assert is_known_licence(facts["license"])
    assert facts.get("pipeline_tag", "text-generation") in tasks()
    assert not re.search(r"\$[a-z_]+", text)


def test_no_sentence_of_the_test_was_learned_from():
    for code in language_models.SECOND:
        held_out = {each.text for each in declaration.sentences(code, held_out=True)}
        learned = {each.text for each in declaration.sentences(code, held_out=False)}

        assert held_out
        assert len(held_out & learned) <= 1, code  # "Everyone has the right …" may stand twice


def test_no_digit_of_the_test_was_learned_from():
    learned, tested = images()

    assert (len(learned), len(tested)) == (1347, 450)
    assert {tuple(i.points) for i in learned}.isdisjoint(tuple(i.points) for i in tested)


def test_the_regional_model_knows_its_languages_only():
    model = language_models.east_africa()

    assert model.guess("Habari ya asubuhi, unaendelea vipi?") == "sw"
    assert {model.guess("¿Dónde está la biblioteca?")} <= set(language_models.EAST_AFRICA)


def test_eight_bits_stay_close_to_the_weights():
    layer = digit_models.linear()

    small = in_eight_bits(layer)

    for row, restored, step in zip(
        layer.weights, small.restored().weights, small.scale, strict=True
    ):
        assert all(abs(a - b) <= step / 2 + 1e-9 for a, b in zip(row, restored, strict=True))


def test_the_chances_of_what_follows_add_up():
    model = name_models.trees(2)

    assert sum(model.after("ab")) == pytest.approx(1, abs=1e-5)


def test_the_bait_names_a_command_that_does_no_harm():
    assert b"cos\nsystem\n" in PICKLE
    assert b"echo hello from a pickle." in PICKLE
    assert PICKLE.count(b"R") == 1


def test_the_data_is_small_and_says_where_it_comes_from():
    folder = ROOT / "hub" / "demo" / "data"
    sources = (folder / "SOURCES.md").read_text()

    assert sum(path.stat().st_size for path in folder.rglob("*")) < LARGEST
    assert all(f"`{path.name}" in sources for path in folder.iterdir() if path.suffix != ".md")
    assert {path.stem for path in (folder / "udhr").iterdir()} == set(language_models.SECOND)


def test_the_stated_numbers_are_those_of_the_files(models):
    front, _ = split_card(models["which-language-2"]["README.md"].decode())
    stated = [float(row["value"]) for row in read_front_matter(front)[0]["results"]]
    files = models["which-language-2"]

    for path, value in zip(("test/sentences.tsv", "test/pieces.tsv"), stated, strict=True):
        rows = [line.split("\t") for line in files[path].decode().split("\n")[:-1]]
        right = sum(language_models.second().guess(text) == code for code, text in rows)
        assert round(right / len(rows), 4) == value
