CREATE TABLE users (
    user_id INTEGER PRIMARY KEY,
    nickname TEXT,
    history TEXT NOT NULL DEFAULT '[]',
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    language TEXT NOT NULL DEFAULT 'en'
);

CREATE TABLE notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1))
);

CREATE UNIQUE INDEX notes_by_text ON notes (user_id, text);

CREATE INDEX open_notes ON notes (user_id) WHERE done = 0;

CREATE TABLE edits (
    note_id INTEGER NOT NULL,
    before TEXT
);

CREATE TRIGGER record_edit AFTER UPDATE OF text ON notes
BEGIN
    INSERT INTO edits VALUES (old.id, old.text);
END;

CREATE VIEW open_notes_by_name AS
SELECT users.nickname AS name, notes.text
FROM notes JOIN users ON users.user_id = notes.user_id
WHERE notes.done = 0;
