import csv
import io

from app.paths import resources


def test_the_glossary_names_each_term_once() -> None:
    rows = list(csv.DictReader(io.StringIO((resources() / "glossary.csv").read_text(encoding="utf-8"))))
    assert set(rows[0]) == {"term", "identifier", "note"}
    terms = [row["term"] for row in rows]
    assert len(terms) == len(set(terms)) and all(row["identifier"] for row in rows)
