"""`matcher import topics`: the think tank's list of questions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matcher.domain.topic import Topic
from matcher.intake.columns import TableKind
from matcher.intake.errors import RowUnusable
from matcher.intake.parse_row import ParsedRow
from matcher.intake.topic_columns import TOPIC_TABLE
from matcher.intake.topic_records import build_topic
from matcher.reference.tables import ReferenceTables
from matcher.store import Store
from matcher.workflows.import_files import ImportFiles, ImportOptions, store_for
from matcher.workflows.import_log import ImportLog
from matcher.workflows.import_records import RecordDoor, RecordImporter
from matcher.workflows.import_report import ImportProgress, ImportReport, SilentProgress


def import_topics(
    store: Store,
    tables: ReferenceTables,
    paths: Sequence[Path],
    options: ImportOptions,
    progress: ImportProgress | None = None,
) -> ImportReport:
    """Imports files and folders. Raises UsageError (no such file, nothing recognisable) and StoreError."""
    told, log = progress or SilentProgress(), ImportLog()
    with store_for(store, options) as target:
        files = ImportFiles(paths, log, options)
        door = RecordDoor(
            table=TOPIC_TABLE,
            tables=tables,
            read=target.topics.get_many,
            save=lambda topics: target.topics.save(topics, by=options.by),
            make=make_topic,
            identity=lambda topic: (topic.id, topic.title),
        )
        importer = RecordImporter(door, log)
        count = files.each_table(TableKind.TOPICS, told, lambda table: importer.take(table.rows(), told))
        files.require(count, TableKind.TOPICS)
    return log.report(dry_run=options.dry_run)


def make_topic(row: ParsedRow, stored: Topic | None) -> Topic:
    """Raises RowUnusable without a name, or with nothing that says what the topic is about."""
    topic = build_topic(row, stored)
    if not topic.title:
        raise RowUnusable("title", "没有选题名称", "请用一句话写出选题名称")
    if not (topic.background or topic.aspects):
        raise RowUnusable("background", "内容和要点都没有写", "请至少写明内容/背景，或逐条列出要点")
    return topic
