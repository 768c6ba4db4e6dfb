#include "table_creation.h"

#include <casacore/ms/MeasurementSets/MeasurementSet.h>
#include <casacore/tables/DataMan/IncrementalStMan.h>
#include <casacore/tables/DataMan/StandardStMan.h>
#include <casacore/tables/DataMan/TiledColumnStMan.h>
#include <casacore/tables/DataMan/TiledShapeStMan.h>
#include <casacore/tables/Tables/ArrColDesc.h>
#include <casacore/tables/Tables/ScaColDesc.h>
#include <casacore/tables/Tables/SetupNewTab.h>
#include <casacore/tables/Tables/TableDesc.h>

#include <memory>

#include "data_types.h"
#include "open_table.h"
#include "text.h"

namespace cbfsdp {

namespace {

using casacore::ColumnDesc;
using casacore::DataManager;
using casacore::IPosition;
using casacore::MeasurementSet;
using casacore::SetupNewTable;
using casacore::String;
using casacore::Table;
using casacore::TableDesc;

struct Column {
    String name;
    String comment;
    casacore::DataType type;
    jint ndim;
    IPosition shape;
    jint manager;
};

std::vector<Column> columnsOf(const CreationPlan& plan) {
    constexpr std::size_t width = 4;
    std::vector<Column> columns;
    auto extent = plan.columnShapes.begin();
    for (std::size_t i = 0; i < plan.names.size(); i++) {
        const jint* numbers = &plan.columnNumbers.at(i * width + width - 1) - (width - 1);
        const std::vector<jlong> shape(extent, extent + numbers[2]);
        extent += numbers[2];
        columns.push_back(
            {plan.names[i], plan.comments.at(i), dataTypeOf(numbers[0]), numbers[1], toPosition(shape), numbers[3]});
    }
    return columns;
}

template <typename T>
void addColumn(TableDesc& description, const Column& column) {
    if (column.ndim == 0) {
        description.addColumn(casacore::ScalarColumnDesc<T>(column.name, column.comment));
    } else if (column.shape.size() > 0) {
        description.addColumn(casacore::ArrayColumnDesc<T>(
            column.name, column.comment, column.shape, ColumnDesc::Direct | ColumnDesc::FixedShape));
    } else {
        description.addColumn(casacore::ArrayColumnDesc<T>(column.name, column.comment, column.ndim));
    }
}

void describeColumn(TableDesc& description, const Column& column) {
    if (description.isColumn(column.name)) {
        // One of casacore's own; all a plan may add is the shape where casacore leaves it open.
        ColumnDesc& known = description.rwColumnDesc(column.name);
        if (column.shape.size() > 0 && !known.isFixedShape()) {
            known.setShape(column.shape, false);
        }
    } else if (column.type == casacore::TpString) {
        addColumn<String>(description, column);
    } else {
        withNumericType(column.type, "column " + column.name, [&](auto tag) {
            addColumn<typename decltype(tag)::Type>(description, column);
        });
    }
}

std::vector<std::unique_ptr<DataManager>> managersOf(const CreationPlan& plan) {
    constexpr std::size_t width = 3;
    std::vector<std::unique_ptr<DataManager>> managers;
    auto extent = plan.managerTiles.begin();
    for (std::size_t i = 0; i < plan.managerGroups.size(); i++) {
        const jint* numbers = &plan.managerNumbers.at(i * width + width - 1) - (width - 1);
        const IPosition tile = toPosition(std::vector<jlong>(extent, extent + numbers[2]));
        extent += numbers[2];
        const String& group = plan.managerGroups[i];
        const auto cacheMebibytes = static_cast<casacore::uInt64>(numbers[1]);
        switch (numbers[0]) {
            case 0: managers.push_back(std::make_unique<casacore::StandardStMan>(group)); break;
            case 1: managers.push_back(std::make_unique<casacore::IncrementalStMan>(group)); break;
            case 2:
                managers.push_back(std::make_unique<casacore::TiledColumnStMan>(group, tile, cacheMebibytes));
                break;
            case 3:
                managers.push_back(std::make_unique<casacore::TiledShapeStMan>(group, tile, cacheMebibytes));
                break;
            default: throw illegalArgument("storage manager kind " + std::to_string(numbers[0]));
        }
    }
    return managers;
}

void addSource(MeasurementSet& ms) {
    SetupNewTable setup(ms.sourceTableName(), casacore::MSSource::requiredTableDesc(), Table::New);
    ms.rwKeywordSet().defineTable(
        MeasurementSet::keywordName(MeasurementSet::SOURCE), Table(setup, 0, false, Table::LittleEndian));
}

}  // namespace

void createTable(const std::string& path, const CreationPlan& plan) {
    TableDesc description =
        plan.measurementSet ? MeasurementSet::requiredTableDesc() : TableDesc("", "1", TableDesc::Scratch);
    const std::vector<Column> columns = columnsOf(plan);
    for (const Column& column : columns) {
        describeColumn(description, column);
    }
    SetupNewTable setup(path, description, Table::NewNoReplace);
    const std::vector<std::unique_ptr<DataManager>> managers = managersOf(plan);
    for (const Column& column : columns) {
        if (column.manager >= 0) {
            setup.bindColumn(column.name, *managers.at(static_cast<std::size_t>(column.manager)));
        }
    }
    Table table(setup, lockFor(true), static_cast<casacore::rownr_t>(plan.rows), false, Table::LittleEndian);
    if (plan.measurementSet) {
        MeasurementSet ms(table);
        ms.createDefaultSubtables(Table::New);
        if (plan.withSource) {
            addSource(ms);
        }
    }
    table.flush(false, true);
}

}  // namespace cbfsdp
