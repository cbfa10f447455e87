from contextlib import closing

from hub.launch.logs import LogFile

TRACEBACK = b'Traceback (most recent call last):\n  File "x.py", line 1, in f\nValueError: boo\n'


def test_everything_is_kept(tmp_path):
    with closing(LogFile(tmp_path / "logs" / "web.log")) as log:
        log.write(b"one\ntwo")

    assert (tmp_path / "logs" / "web.log").read_bytes() == b"one\ntwo"


def test_a_full_file_is_turned_over_and_three_old_ones_are_kept(tmp_path):
    with closing(LogFile(tmp_path / "web.log", largest=4)) as log:
        for number in range(6):
            log.write(b"%d----" % number)

    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert kept == {
        "web.log": b"",
        "web.log.1": b"5----",
        "web.log.2": b"4----",
        "web.log.3": b"3----",
    }


def test_a_warning_is_shown_with_the_name_of_its_process(tmp_path, capsys):
    with closing(LogFile(tmp_path / "worker.log")) as log:
        log.write(b"[12:00: WARNING/Main] disk is nearly full\n[12:01: INFO/Main] fine\n")

    assert capsys.readouterr().err == "[worker] [12:00: WARNING/Main] disk is nearly full\n"


def test_a_line_that_arrives_in_pieces_is_shown_once_and_whole(tmp_path, capsys):
    with closing(LogFile(tmp_path / "web.log")) as log:
        log.write(b"2026-11-21 [err")
        log.write(b"or    ] refused\n")

    assert capsys.readouterr().err == "[web] 2026-11-21 [error    ] refused\n"


def test_a_traceback_is_shown_to_its_last_line_and_no_further(tmp_path, capsys):
    with closing(LogFile(tmp_path / "web.log")) as log:
        log.write(b"[1] [INFO] before\n" + TRACEBACK + b" -- banner\nafter\n")

    shown = capsys.readouterr().err
    assert shown.splitlines()[-1] == "[web] ValueError: boo"
    assert len(shown.splitlines()) == 3
