"""The command on articles."""

from guanzi.console import CommandGroup
from guanzi.jobs.articles.declared import ARTICLE
from guanzi.jobs.shared.commands.asking import add_command

app = CommandGroup()
add_command(app, ARTICLE)
