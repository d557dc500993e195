"""iFax Desktop: the fax client an office keeps open all day."""

__version__ = "0.1.0"
