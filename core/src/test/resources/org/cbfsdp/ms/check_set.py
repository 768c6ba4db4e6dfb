"""Lays a set beside casacore's own description of a Measurement Set; prints a line a fault, or "good"."""
import sys

import casacore.tables as tables

path = sys.argv[1]
faults = []
SUBTABLES = ["ANTENNA", "DATA_DESCRIPTION", "FEED", "FLAG_CMD", "FIELD", "HISTORY", "OBSERVATION", "POINTING"]
SUBTABLES += ["POLARIZATION", "PROCESSOR", "SPECTRAL_WINDOW", "STATE"]


def check(name, t, wanted):
    for column, description in wanted.items():
        if column.startswith("_"):
            continue
        if column not in t.colnames():
            faults.append("%s has no %s" % (name, column))
            continue
        found = t.getcoldesc(column)
        if found["valueType"].lower() != description["valueType"].lower():
            faults.append("%s %s is of type %s" % (name, column, found["valueType"]))
        keywords = t.getcolkeywords(column)
        for k, v in description["keywords"].items():
            if k in ("UNIT", "QuantumUnits") and list(keywords.get(k, [])) != list(v):
                faults.append("%s %s has units %s, not %s" % (name, column, keywords.get(k), v))
            if k == "MEASINFO" and keywords.get(k, {}).get("type") != v["type"]:
                faults.append("%s %s has MEASINFO %s, not %s" % (name, column, keywords.get(k), v))


main = tables.table(path, ack=False)
check("main table", main, tables.required_ms_desc())
for s in SUBTABLES:
    if s not in main.keywordnames():
        faults.append("no table " + s)
    else:
        check(s, tables.table(path + "/" + s, ack=False), tables.required_ms_desc(s))
for s in ["FIELD", "OBSERVATION", "ANTENNA", "SPECTRAL_WINDOW", "POLARIZATION", "DATA_DESCRIPTION", "STATE", "PROCESSOR"]:
    if not tables.table(path + "/" + s, ack=False).nrows():
        faults.append(s + " is empty")
antennas = tables.table(path + "/ANTENNA", ack=False).nrows()
if tables.table(path + "/FEED", ack=False).nrows() < antennas:
    faults.append("FEED has not a row an antenna")
for s in ["POINTING", "FLAG_CMD"]:
    if tables.table(path + "/" + s, ack=False).nrows():
        faults.append(s + " has rows")
if main.getkeyword("MS_VERSION") != 2.0 or main.info()["type"] != "Measurement Set":
    faults.append("it is no version 2.0 set: %s" % main.info())
if "CATEGORY" not in main.getcolkeywords("FLAG_CATEGORY"):
    faults.append("FLAG_CATEGORY has no keyword CATEGORY")
if "shape" not in main.getcoldesc("DATA"):
    faults.append("DATA is of no fixed shape")
managers = {c: m["TYPE"] for m in main.getdminfo().values() for c in m["COLUMNS"]}
for columns, manager in [
    ("DATA FLAG UVW WEIGHT SIGMA", "TiledColumnStMan"),
    ("ANTENNA1 ANTENNA2", "StandardStMan"),
    ("TIME INTERVAL EXPOSURE SCAN_NUMBER FIELD_ID", "IncrementalStMan"),
]:
    for c in columns.split():
        if managers[c] != manager:
            faults.append("%s is stored by %s" % (c, managers[c]))
history = tables.table(path + "/HISTORY", ack=False)
if history.nrows() != 1:
    faults.append("HISTORY has %d rows" % history.nrows())
print("\n".join(faults) or "good")
