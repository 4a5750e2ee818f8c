"""A class: collect submissions, autograde, show the results; and a made class to try on."""
