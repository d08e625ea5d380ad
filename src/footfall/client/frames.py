"""Rows as data frames of the library a user has; none of them is needed for anything else."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class LibraryMissing(ImportError):
    """A data frame was asked of a library that is not installed."""


class Columns:
    """Something that has rows, told column by column."""

    __slots__ = ()

    def columns(self) -> dict[str, list[Any]]:
        """The values of each column, all of the same length."""
        raise NotImplementedError

    def to_pandas(self) -> "pandas.DataFrame":
        """The rows as a data frame of pandas; raises LibraryMissing."""
        frame: pandas.DataFrame = _library("pandas").DataFrame(self.columns())
        return frame

    def to_polars(self) -> "polars.DataFrame":
        """The rows as a data frame of polars; raises LibraryMissing."""
        frame: polars.DataFrame = _library("polars").DataFrame(self.columns(), strict=False)
        return frame

    def to_arrow(self) -> "pyarrow.Table":
        """The rows as a table of pyarrow; raises LibraryMissing."""
        table: pyarrow.Table = _library("pyarrow").table(self.columns())
        return table


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise LibraryMissing(f"{name} is not installed here; pip install {name}.") from error
