"""How the documentation becomes a site of its own: `make docs` builds it into build/docs, and a broken link stops it.

The pages are plain Markdown, which is read as well where the project lies; nothing in the site is fetched from elsewhere.
"""

import tomllib
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]

project = PROJECT["name"]
version = release = PROJECT["version"]
project_copyright = "MIT licence"

extensions = ["myst_parser"]
myst_heading_anchors = 3  # links to headings are written as Git hosts make them
nitpicky = True

html_theme = "furo"
html_title = f"{project} {version}"
html_copy_source = False
html_show_sphinx = False
