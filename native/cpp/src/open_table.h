// A table that Java holds, with the columns it has asked for.
#pragma once

#include <casacore/tables/Tables/Table.h>
#include <casacore/tables/Tables/TableColumn.h>
#include <jni.h>

#include <string>
#include <vector>

#include "guard.h"
#include "handles.h"

namespace cbfsdp {

struct OpenTable {
    explicit OpenTable(const casacore::Table& opened)
        : table(opened), path(opened.tableName()), writable(opened.isWritable()) {}

    // Index of the column, -1 if the table has none of that name.
    jint columnIndex(const casacore::String& name);
    casacore::TableColumn& column(jint index);
    std::string columnText(jint index) const;

    casacore::Table table;
    std::string path;
    bool writable;
    std::vector<casacore::TableColumn> columns;
};

HandleRegistry<OpenTable>& openTables();

// "column X of table P", "table P", the path, or nothing.
std::string describe(const Place& place);

// Writers hold the lock for good; readers take none, so that a set under writing can be read at all.
casacore::Table openTable(const std::string& path, bool writable);
casacore::TableLock lockFor(bool writable);

}  // namespace cbfsdp
