CREATE TABLE users (
    user_id INTEGER PRIMARY KEY,
    username TEXT,
    history TEXT NOT NULL DEFAULT '[]',
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
