// The files of a table, where casacore's own means do not reach.
#pragma once

#include <string>

#include "open_table.h"

namespace cbfsdp {

// Waits until every file and directory of the table is on the disk; casacore's flush leaves out the tiled data.
void syncFiles(const std::string& tablePath);

// Where the keyword of that name points to.
std::string subtablePath(const OpenTable& open, const std::string& name);

// Puts a deep copy of another table's subtable in the place of this one's, or beside the others if it has none.
void copySubtable(OpenTable& open, const std::string& subtableName, const std::string& fromPath);

}  // namespace cbfsdp
