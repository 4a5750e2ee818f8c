"""The course as a website: lectures with outputs, homework, guides, reference; no network."""

from autograder.site.build import SiteError, build_site
from autograder.site.links import broken_links

__all__ = ["SiteError", "broken_links", "build_site"]
