"""The web server's way in: ``gunicorn wsgi:app``."""

from archive.app import create_app
from archive.cli.doctor import refuse_unfit
from archive.config import Settings

settings = Settings.from_environment()
refuse_unfit(settings)
app = create_app(settings)
