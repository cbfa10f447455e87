"""What the ending of a name promises, and whether the bytes keep it."""

from __future__ import annotations

from collections.abc import Iterator

from governance.scanning.engine import rules
from governance.scanning.engine.collector import make_finding
from governance.scanning.engine.context.entry import Entry
from governance.scanning.engine.report import Finding
from governance.scanning.engine.words import words

_WEIGHTS = frozenset({"pickle", "torch-zip", "torch-legacy"})
_PACKED = words("gzip bzip2 xz lzma zlib zstd lz4")
_TEXT = frozenset({"text", "json", "html", "svg"})
_BINARY_LIES = words("""pickle torch-zip torch-legacy zip 7z rar tar cab iso ar cpio elf pe macho java-class java-serialized
    python-bytecode dex wasm flash windows-shortcut hdf5 npy html rds rdata ole pdf""")

_ROWS: tuple[tuple[str, str], ...] = (
    (".safetensors", "safetensors"),
    (".json .ipynb .webmanifest", "json"),
    (".gguf", "gguf"),
    (".npy", "npy"),
    (".npz .zip .keras .mar .whl .jar .docx .xlsx .pptx .odt .skops", "zip"),
    (".h5 .hdf5 .hdf", "hdf5"),
    (".msgpack", "msgpack"),
    (".ubj", "ubjson"),
    (".ftz", "fasttext"),
    (".cbm", "catboost"),
    (".pmml", "pmml"),
    (".tflite .lite", "tflite"),
    (".onnx", "onnx"),
    (".ort", "onnx-runtime"),
    (".pb", "saved-model graph-def meta-graph keras-metadata fingerprint onnx onnx-tensor"),
    (".pbtxt .prototxt .textproto", "pbtxt onnx-text text"),
    (".mlmodel", "coreml"),
    (".mat", "matlab matlab-4 hdf5 text"),
    (".rds", "rds gzip bzip2 xz"),
    (".rda .rdata", "rdata gzip bzip2 xz"),
    (".gz", "gzip"),
    (".tgz", "gzip"),
    (".xz .txz", "xz"),
    (".lzma", "lzma"),
    (".bz2 .tbz .tbz2", "bzip2"),
    (".zst .tzst", "zstd"),
    (".lz4", "lz4 lz4-legacy"),
    (".z", "compress zlib"),
    (".zlib", "zlib"),
    (".7z", "7z"),
    (".rar", "rar"),
    (".tar", "tar"),
    (".nemo", "tar gzip"),
    (".cab", "cab"),
    (".iso", "iso"),
    (".pdf", "pdf"),
    (".rtf", "rtf"),
    (".parquet", "parquet parquet-encrypted"),
    (".arrow .arrows", "arrow arrow-stream"),
    (".feather", "arrow feather-1"),
    (".sqlite .sqlite3", "sqlite"),
    (".avro", "avro"),
    (".orc", "orc"),
    (".png", "png"),
    (".jpg .jpeg .jpe .jfif", "jpeg"),
    (".gif", "gif"),
    (".webp", "webp"),
    (".bmp .dib", "bmp"),
    (".ico .cur", "ico"),
    (".tif .tiff", "tiff big-tiff"),
    (".ppm .pgm .pbm .pfm", "netpbm text"),
    (".psd", "psd"),
    (".jp2", "jpeg-2000"),
    (".jxl", "jpeg-xl"),
    (".heic .heif .avif", "mp4"),
    (".wav", "wav"),
    (".avi", "avi"),
    (".flac", "flac"),
    (".ogg .oga .ogv .opus .spx", "ogg"),
    (".mp3", "mp3"),
    (".aif .aiff .aifc", "aiff"),
    (".caf", "caf"),
    (".mid .midi", "midi"),
    (".mp4 .m4a .m4v .mov .3gp", "mp4"),
    (".mkv .webm .mka", "matroska"),
    (".wmv .wma .asf", "asf"),
    (".flv", "flv"),
    (".ttf .otf", "font"),
    (".ttc .otc", "font-collection"),
    (".woff", "woff"),
    (".woff2", "woff2"),
    (".spm", "sentencepiece"),
    (".svg", "svg"),
    (".html .htm", "html text"),
    (
        ".md .txt .csv .tsv .yaml .yml .toml .ini .cfg .jsonl .ndjson .jinja .rst .vocab .merges .bpe .log .bib .cff .tex",
        "text json html svg",
    ),
)

_PROMISES: dict[str, frozenset[str]] = {
    ".bin": _WEIGHTS
    | {"coreml-weights", "ggml", "gguf", "numbers", "fasttext", "word2vec", "msgpack"},
    **dict.fromkeys((".pt", ".pth", ".ckpt"), _WEIGHTS),
    **dict.fromkeys((".pkl", ".pickle", ".joblib", ".jbl"), _WEIGHTS | _PACKED),
    **{ending: words(formats) for endings, formats in _ROWS for ending in endings.split()},
}
_TEXT_NAMES = words(
    "license licence copying readme notice authors changelog .gitattributes .gitignore"
)


def lies(entry: Entry) -> Iterator[Finding]:
    """The bytes are not what the ending says, or are something more besides."""
    promised = _TEXT if entry.name in _TEXT_NAMES else _PROMISES.get(entry.ending)
    if promised is None:
        return
    formats = frozenset(entry.formats)
    hidden = (formats & _BINARY_LIES) - promised - _goes_with(promised)
    if formats & promised and not hidden:
        return
    held = ", ".join(sorted(hidden) or entry.formats) or "nothing that is known"
    yield make_finding(
        rules.contexts.CTX_EXTENSION,
        detail=f"{entry.path} should be {' or '.join(sorted(promised))}, but it holds {held}.",
    )


def _goes_with(promised: frozenset[str]) -> frozenset[str]:
    """Formats that are ways of being the promised one."""
    if promised & _WEIGHTS:
        return frozenset({"zip"})
    if "tflite" in promised:
        return frozenset({"zip"})
    return frozenset({"torch-zip"}) if "zip" in promised else frozenset()
