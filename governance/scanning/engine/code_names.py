"""Endings and names of files that are code, whatever stands in them."""

from __future__ import annotations

from governance.scanning.engine.words import words

PYTHON = frozenset(
    {".py", ".pyw", ".pyi", ".pyx", ".pyc", ".pyo", ".pyz", ".ipynb", ".whl", ".egg"}
)
SCRIPTS = words(""".sh .bash .zsh .fish .command .csh .ksh .bat .cmd .ps1 .psm1 .vbs .vbe .wsf .js .mjs .jse .hta .jar .class
    .exe .com .msi .scr .dll .so .dylib .node .pl .rb .lua .php .r .jl .c .cc .cpp .cu .h .rs .go .java
    .desktop .lnk .reg .apk .deb .rpm .dmg .pkg .app .wasm .url .webloc .scf .inf .sct .wsh .wsc .vb .pif .cpl .msc .msp .gadget
    .application .appref-ms .settingcontent-ms .library-ms .search-ms .jnlp .ps1xml .psd1 .awk .tcl .expect .mk .service
    .scpt .applescript .ko .pyd .xll .xlam .docm .xlsm .pptm .iqy .slk .hlp .chm .ts .tsx .jsx .vue .swift .kt .scala .cs .asp
    .aspx .jsp .cgi .pm .coffee .groovy .gradle .ipy .sage
    .el .kts .cmake .nix .tf .nf .wdl .rdp .egg-link .code-workspace .csproj .vbproj .fsproj .vcxproj .targets .mvg .msl
    .xaml .zshenv .iss .nsi .ahk .au3 .workflow .action .prefpane .ps1 .pssc .cdxml .ws .ht .msh .msh1 .msh2 .diagcab .diagpkg
    .msix .appx .vhdx .xbap .xlt .xltm .dotm .potm .ppam .ppsm .sldm .xps .one .lpk .air .kext .bundle .dex .aar .war .ear .sys .drv .ocx""")
SCRIPT_NAMES = words("""makefile gnumakefile dockerfile jenkinsfile setup.cfg .envrc sitecustomize .bashrc .bash_profile .bash_login .bash_logout
    .profile .zshrc .zshenv .zprofile .zlogin .cshrc .tcshrc .kshrc .login .inputrc .vimrc .exrc .nvimrc .gvimrc .emacs .dir-locals.el
    .gdbinit .lldbinit .pythonrc .pythonstartup .rprofile .irbrc .pryrc .gitconfig .lfsconfig .screenrc .tmux.conf .xinitrc .xsession
    .pdbrc .yarnrc .yarnrc.yml .bowerrc .condarc .pylintrc .flake8 .devcontainer.json devcontainer.json composer.json postbuild
    vbaproject.bin desktop.ini autorun.inf build.rs dvc.yaml mlproject .mcp.json mcp.json entry_points.txt conftest.py bentofile.yaml cog.yaml""")


def is_code(path: str) -> bool:
    """Whether a file of this name would be taken for code, names folded as file systems may fold them."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1].lower().rstrip(". ")
    stem, dot, ending = name.rpartition(".")
    return name in SCRIPT_NAMES or (bool(dot and stem) and f".{ending}" in PYTHON | SCRIPTS)
