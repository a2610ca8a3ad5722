CREATE TABLE item (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id)
);

CREATE INDEX item_by_case ON item (case_id, kind, id);

CREATE TABLE journal (
    sequence BIGINT NOT NULL PRIMARY KEY,
    change_set BIGINT NOT NULL,
    time TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    undoes BIGINT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    body_before TEXT NULL,
    body_after TEXT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);

CREATE INDEX journal_by_change_set ON journal (change_set);
CREATE INDEX journal_by_item ON journal (kind, id, version);
