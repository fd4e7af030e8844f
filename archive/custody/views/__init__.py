"""The pages of custody."""

from archive.custody.views import codes, labels, places, stocktakes

PAGES = (codes.blueprint, labels.blueprint, places.blueprint, stocktakes.blueprint)
