// Making tables and Measurement Sets from the flat layout of CreationPlan.java.
#pragma once

#include <casacore/casa/BasicSL/String.h>
#include <jni.h>

#include <string>
#include <vector>

namespace cbfsdp {

struct CreationPlan {
    bool measurementSet;
    bool withSource;
    jlong rows;
    std::vector<casacore::String> names;
    std::vector<casacore::String> comments;
    // A column: type, ndim (0 scalar, -1 any), extents of the fixed shape, manager index or -1.
    std::vector<jint> columnNumbers;
    std::vector<jlong> columnShapes;
    std::vector<casacore::String> managerGroups;
    // A manager: kind, cache limit in MiB, extents of the tile.
    std::vector<jint> managerNumbers;
    std::vector<jlong> managerTiles;
};

// Makes the table and leaves it closed on disk.
void createTable(const std::string& path, const CreationPlan& plan);

}  // namespace cbfsdp
