"""The pages of classing."""

from archive.classing.views import deciding, measures, overview

BLUEPRINTS = (deciding.blueprint, measures.blueprint, overview.blueprint)
