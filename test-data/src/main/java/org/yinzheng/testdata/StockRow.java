package org.yinzheng.testdata;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.yinzheng.testdata.paper.Device;
import org.yinzheng.testdata.paper.Sheet;

/// One row of the index, and the paper that its scan shows. They differ where the clerk who typed the row erred.
///
/// @param data the type's own fields by their Chinese titles
record StockRow(
        String type,
        String number,
        String holder,
        String holderCode,
        LocalDate from,
        Optional<LocalDate> until,
        String scan,
        Map<String, String> data,
        Sheet sheet,
        Device device) {

    StockRow withHolderCode(String code) {
        return new StockRow(type, number, holder, code, from, until, scan, data, sheet, device);
    }

    StockRow withScan(String name) {
        return new StockRow(type, number, holder, holderCode, from, until, name, data, sheet, device);
    }

    StockRow withDates(LocalDate first, LocalDate last) {
        return new StockRow(type, number, holder, holderCode, first, Optional.of(last), scan, data, sheet, device);
    }

    StockRow withType(String name) {
        Sheet titled = new Sheet(sheet.form(), name, sheet.number(), sheet.lines(), sheet.authority(), sheet.issued());
        return new StockRow(name, number, holder, holderCode, from, until, scan, data, titled, device);
    }
}
