"""``python -m guanzi``: the same as the command ``guanzi``."""

from guanzi.cli import main

main()
