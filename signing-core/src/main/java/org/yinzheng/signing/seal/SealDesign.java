package org.yinzheng.signing.seal;

/// What is to be drawn: texts and sizes, after the State Council's measures (国发〔1999〕25号) and police practice for
/// enterprises. Millimetres. What does not fit is refused when it is drawn: see [SealArtist#draw].
public sealed interface SealDesign {
    double widthMm();

    double heightMm();

    /// A ring with a star, the name around it and perhaps a line straight under the star. Bodies whose wooden
    /// or copper seal shows the national emblem get the star too: the emblem is not drawn, its use is governed
    /// by a law of its own and its picture has to come from an upload.
    ///
    /// @param name 2 to 30 characters
    /// @param line at most 10 characters, or empty
    /// @param diameterMm 20 to 60; 42 or 45 for most authorities, 38 to 42 for enterprises
    record Round(String name, String line, double diameterMm) implements SealDesign {
        @Override
        public double widthMm() {
            return diameterMm;
        }

        @Override
        public double heightMm() {
            return diameterMm;
        }
    }

    /// An ellipse with the name along its upper edge, a number across the middle and a line under it.
    ///
    /// @param name 2 to 30 characters
    /// @param middle such as the 18 characters of a taxpayer's number, at most 20, or empty
    /// @param line at most 10 characters, or empty
    /// @param widthMm 28 to 60: 40 × 30 for an invoice seal, 45 × 30 for an enterprise with foreign capital
    record Ellipse(String name, String middle, String line, double widthMm, double heightMm) implements SealDesign {}

    /// A square frame full of characters: columns from right to left, as a carved name seal is read. Where the
    /// number does not come out even, the columns on the right have fewer and taller characters.
    ///
    /// @param text 2 to 36 characters
    /// @param sideMm 12 to 30: 18 to 25 for a person, 22 for an enterprise's finance seal
    record Square(String text, double sideMm) implements SealDesign {
        @Override
        public double widthMm() {
            return sideMm;
        }

        @Override
        public double heightMm() {
            return sideMm;
        }
    }
}
