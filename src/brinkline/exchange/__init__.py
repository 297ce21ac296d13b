"""Ways out of brinkline: one module per output format, each with ``write(codings, stream)``, and the registry of them.

>>> from brinkline.exchange import FORMATS
>>> [form.name for form in FORMATS if form.layout == "folder"]
['parquet', 'stata', 'brat']
"""

from brinkline.exchange.formats import FORMATS, Format, find_format
from brinkline.exchange.output import whole_file, whole_files, write_whole
from brinkline.exchange.save import save, write

__all__ = ["FORMATS", "Format", "find_format", "save", "whole_file", "whole_files", "write", "write_whole"]
