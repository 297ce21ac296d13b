"""A project: the object that most users hold.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder, Project.init(folder, title="Islands") as project:
...     _ = list(project.add_text("On 3 March 1931 Italy occupied the island. Greece protested."))
...     [row.claims for row in project.narratives()]
[0]
"""

from brinkline.project.batch import Stored
from brinkline.project.folder import ProjectFolder, find_folder
from brinkline.project.project import Project

__all__ = ["Project", "ProjectFolder", "Stored", "find_folder"]
