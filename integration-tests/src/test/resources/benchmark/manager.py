"""What a manager of migrations in Python does at each start of its bot.

manager.py DATABASE FOLDER
"""

import importlib.util
import json
import os
import re
import sqlite3
import sys


def main(database, folder):
    connection = sqlite3.connect(database)
    connection.execute(
        "CREATE TABLE IF NOT EXISTS migrations ("
        " id INTEGER PRIMARY KEY AUTOINCREMENT,"
        " name TEXT UNIQUE NOT NULL,"
        " applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)"
    )
    applied = {name for (name,) in connection.execute("SELECT name FROM migrations")}
    files = sorted(f for f in os.listdir(folder) if re.match(r"migration_\d{3}_\w+\.py$", f))
    pending = [f[:-3] for f in files if f[:-3] not in applied]
    for name in pending:
        spec = importlib.util.spec_from_file_location(name, os.path.join(folder, name + ".py"))
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.migrate(connection)
        connection.execute("INSERT INTO migrations (name) VALUES (?)", (name,))
        connection.commit()
    print(json.dumps({"applied": sorted(applied), "pending": pending}))
    connection.close()


main(sys.argv[1], sys.argv[2])
