"""The web server's way in: ``gunicorn wsgi:app``."""

from archive.app import create_app

app = create_app()
