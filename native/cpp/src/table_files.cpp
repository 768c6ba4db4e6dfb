#include "table_files.h"

#include <casacore/tables/Tables/TableAttr.h>
#include <casacore/tables/Tables/TableRecord.h>
#include <casacore/tables/Tables/TableUtil.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace cbfsdp {

namespace {

namespace fs = std::filesystem;
using casacore::String;
using casacore::Table;
using casacore::TableRecord;

void syncPath(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int error = errno;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    if (!synced) {
        throw std::system_error(error, std::generic_category(), "fsync of " + path.string());
    }
}

}  // namespace

void syncFiles(const std::string& tablePath) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(tablePath)) {
        // Closing any descriptor of the lock file gives up the locks on it; casacore syncs that file itself.
        if (entry.path().filename() != "table.lock") {
            syncPath(entry.path());
        }
    }
    syncPath(tablePath);
}

std::string subtablePath(const OpenTable& open, const std::string& name) {
    return open.table.keywordSet().tableAttributes(String(name)).name();
}

void copySubtable(OpenTable& open, const std::string& subtableName, const std::string& fromPath) {
    const String name(subtableName);
    TableRecord& keywords = open.table.rwKeywordSet();
    const std::string target =
        keywords.isDefined(name) ? subtablePath(open, subtableName) : open.path + "/" + subtableName;
    // Copied aside first: should that fail, what was there stays.
    const std::string copy = target + ".copying";
    fs::remove_all(copy);
    {
        const Table source = openTable(fromPath, false);
        const Table subtable = source.keywordSet().asTable(name, lockFor(false));
        subtable.deepCopy(copy, Table::NewNoReplace, true, Table::LittleEndian);
    }
    if (keywords.isDefined(name)) {
        keywords.closeTable(name);
    }
    if (fs::exists(target)) {
        casacore::TableUtil::deleteTable(target, true);
    }
    fs::rename(copy, target);
    keywords.defineTable(name, openTable(target, true));
    keywords.closeTable(name);
    open.table.flush(false, false);
}

}  // namespace cbfsdp
