"""Migration 001 as Python writes it: every history parsed and written again, in one transaction.

migration_001_add_timestamp_to_messages.py DATABASE
"""

import json
import sqlite3
import sys


def migrate(connection):
    cursor = connection.cursor()
    cursor.execute("SELECT user_id, history FROM users")
    for user_id, history in cursor.fetchall():
        messages = json.loads(history)
        for message in messages:
            if "timestamp" not in message:
                message["timestamp"] = None
        cursor.execute(
            "UPDATE users SET history = ? WHERE user_id = ?",
            (json.dumps(messages, ensure_ascii=False), user_id),
        )
    connection.commit()


if __name__ == "__main__":
    database = sqlite3.connect(sys.argv[1])
    migrate(database)
    database.close()
