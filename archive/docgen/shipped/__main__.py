"""Write the shipped templates anew."""

from archive.docgen.shipped import FOLDER, SHIPPED

FOLDER.mkdir(exist_ok=True)
for template in SHIPPED:
    template.write().save(str(template.path))
