"""GET /get_grades/<id> in Flask on SQLite: what Campus is measured against.

Twice: as the source document has it, without authentication, and doing the same job as Campus, which verifies the
signature of a token (ES256), looks up the session and reads the marks one by one. Kept as quick as plain Flask allows:
each thread opens its database once and reads by primary keys.
"""

import json
import os
import sqlite3
import threading

import jwt
from flask import Flask, jsonify, request

app = Flask(__name__)
local = threading.local()
public_key = os.environ["PUBLIC_KEY"]


def connection():
    if not hasattr(local, "database"):
        local.database = sqlite3.connect(os.environ["GRADES_DB"])
    return local.database


def prepare():
    with sqlite3.connect(os.environ["GRADES_DB"]) as db:
        db.execute("CREATE TABLE students (id INTEGER PRIMARY KEY, name TEXT NOT NULL, grades TEXT NOT NULL)")
        db.execute("INSERT INTO students VALUES (1, 'Awa Diop', '[12, 15.5]')")
        db.execute("CREATE TABLE marks (student_id INTEGER, id INTEGER, grade REAL, PRIMARY KEY (student_id, id))")
        db.execute("INSERT INTO marks VALUES (1, 1, 12), (1, 2, 15.5)")
        db.execute("CREATE TABLE sessions (id TEXT PRIMARY KEY, role TEXT NOT NULL, ended INTEGER NOT NULL)")
        db.execute("INSERT INTO sessions VALUES ('s', 'admin', 0)")


@app.get("/get_grades/<int:student_id>")
def get_grades(student_id):
    row = connection().execute("SELECT name, grades FROM students WHERE id = ?", (student_id,)).fetchone()
    if row is None:
        return jsonify(error="Etudiant introuvable"), 404
    return jsonify(name=row[0], grades=json.loads(row[1]))


def role_of_caller():
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        return None
    try:
        claims = jwt.decode(token, public_key, algorithms=["ES256"], issuer="campus", audience="campus-api")
    except jwt.InvalidTokenError:
        return None
    row = connection().execute("SELECT role FROM sessions WHERE id = ? AND NOT ended", (claims["sid"],)).fetchone()
    return row and row[0]


@app.get("/authorised/get_grades/<int:student_id>")
def get_grades_authorised(student_id):
    if role_of_caller() not in ("admin", "teacher"):
        return jsonify(error="Non autorise"), 401
    row = connection().execute("SELECT name FROM students WHERE id = ?", (student_id,)).fetchone()
    if row is None:
        return jsonify(error="Etudiant introuvable"), 404
    marks = connection().execute("SELECT grade FROM marks WHERE student_id = ? ORDER BY id", (student_id,))
    return jsonify(name=row[0], grades=[grade for (grade,) in marks])


if __name__ == "__main__":
    prepare()
