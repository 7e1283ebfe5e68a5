"""What somebody finds who opens the database without the program."""

from pathlib import Path

from sqlalchemy import MetaData, create_engine, make_url, select


def everything(url: str) -> str:
    """Every value of every table, and for SQLite the bytes of its files too, write-ahead log included."""
    driver = url.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(driver)
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        rows = [str(row) for table in metadata.sorted_tables for row in connection.execute(select(table))]
    engine.dispose()
    return "\n".join(rows) + "\n" + file_content(url)


def file_content(url: str) -> str:
    """Bytes of SQLite's files as text; empty for PostgreSQL."""
    if not url.startswith("sqlite"):
        return ""
    file = Path(str(make_url(url).database))
    return "".join(path.read_bytes().decode("utf-8", "ignore") for path in file.parent.glob(f"{file.name}*"))
