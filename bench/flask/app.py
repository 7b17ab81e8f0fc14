"""The source document's GET /get_grades/<id> in Flask on SQLite, without authentication: what Campus is measured against.

Kept as quick as plain Flask allows: each thread opens its database once and reads one row by its primary key.
"""

import json
import os
import sqlite3
import threading

from flask import Flask, jsonify

app = Flask(__name__)
local = threading.local()


def connection():
    if not hasattr(local, "database"):
        local.database = sqlite3.connect(os.environ["GRADES_DB"])
    return local.database


def prepare():
    with sqlite3.connect(os.environ["GRADES_DB"]) as db:
        db.execute("CREATE TABLE students (id INTEGER PRIMARY KEY, name TEXT NOT NULL, grades TEXT NOT NULL)")
        db.execute("INSERT INTO students VALUES (1, 'Awa Diop', '[12, 15.5]')")


@app.get("/get_grades/<int:student_id>")
def get_grades(student_id):
    row = connection().execute("SELECT name, grades FROM students WHERE id = ?", (student_id,)).fetchone()
    if row is None:
        return jsonify(error="Etudiant introuvable"), 404
    return jsonify(name=row[0], grades=json.loads(row[1]))


if __name__ == "__main__":
    prepare()
