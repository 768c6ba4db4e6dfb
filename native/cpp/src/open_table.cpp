#include "open_table.h"

#include <casacore/tables/Tables/TableDesc.h>

namespace cbfsdp {

using casacore::Table;
using casacore::TableColumn;
using casacore::TableLock;

jint OpenTable::columnIndex(const casacore::String& name) {
    for (std::size_t i = 0; i < columns.size(); i++) {
        if (columns[i].columnDesc().name() == name) {
            return static_cast<jint>(i);
        }
    }
    if (!table.tableDesc().isColumn(name)) {
        return -1;
    }
    columns.emplace_back(table, name);
    return static_cast<jint>(columns.size() - 1);
}

TableColumn& OpenTable::column(jint index) {
    if (index < 0 || static_cast<std::size_t>(index) >= columns.size()) {
        throw illegalState("table " + path + " has given out no column number " + std::to_string(index));
    }
    return columns[static_cast<std::size_t>(index)];
}

std::string OpenTable::columnText(jint index) const {
    const auto i = static_cast<std::size_t>(index);
    const bool known = index >= 0 && i < columns.size();
    return (known ? "column " + std::string(columns[i].columnDesc().name()) + " of table " : "table ") + path;
}

HandleRegistry<OpenTable>& openTables() {
    // Never destroyed: tables nobody closed must not be flushed by a process on its way out.
    static auto* registry = new HandleRegistry<OpenTable>();
    return *registry;
}

std::string describe(const Place& place) {
    const OpenTable* open = place.table == 0 ? nullptr : openTables().find(place.table);
    if (open != nullptr) {
        return open->columnText(place.column);
    }
    return place.path.empty() ? "" : "table " + place.path;
}

TableLock lockFor(bool writable) {
    return TableLock(writable ? TableLock::PermanentLocking : TableLock::NoLocking);
}

Table openTable(const std::string& path, bool writable) {
    return Table(path, lockFor(writable), writable ? Table::Update : Table::Old);
}

}  // namespace cbfsdp
