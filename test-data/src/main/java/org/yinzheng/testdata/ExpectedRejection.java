package org.yinzheng.testdata;

/// A row of the sample index that a conversion has to reject, and why.
///
/// @param row as a spreadsheet counts it: the header is row 1
public record ExpectedRejection(int row, Kind kind) {
    public enum Kind {
        /// The holder's citizen ID fails its check digit.
        CHECK_DIGIT,
        /// The scan that the row names is not in the folder.
        MISSING_SCAN,
        /// The scan is there and cannot be decoded: the copy broke off.
        UNREADABLE_SCAN,
        /// The last day of validity is before the first.
        DATE_ORDER,
        /// The same type and number stood in an earlier row; the scan is another one of the same paper.
        DUPLICATE,
        /// The catalogue has no such type.
        UNKNOWN_TYPE
    }
}
