"""Write the shipped templates again."""

from tools.templates import WRITERS

for template, write in WRITERS.items():
    write().save(str(template.path))
