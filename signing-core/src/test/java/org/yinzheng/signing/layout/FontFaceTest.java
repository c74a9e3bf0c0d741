package org.yinzheng.signing.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Area;
import java.awt.geom.GeneralPath;
import java.awt.geom.PathIterator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.fontbox.ttf.OpenTypeFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeCollection;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// Our reader and writer of fonts, judged by FontBox on both sides.
class FontFaceTest {
    private static final String SAMPLE = "印证市场主体登记管理局营业执照鑫淼龘𠮷（）0123456789ABCDXYZagjpqy，。：　 ";
    private static final int RARE = 0x20BB7;

    private static Typefaces typefaces;
    private static OpenTypeFont serif;

    @BeforeAll
    static void open() throws IOException {
        typefaces = Typefaces.find();
        var file = new File("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc");
        var fedora = new File("/usr/share/fonts/google-noto-serif-cjk-fonts/NotoSerifCJK-Regular.ttc");
        serif = (OpenTypeFont)
                new TrueTypeCollection(file.exists() ? file : fedora).getFontByName("NotoSerifCJKsc-Regular");
    }

    @Test
    void outline_ofEveryFiftiethIdeograph_isFontBoxs() throws IOException {
        var face = typefaces.face(Face.SERIF);
        var cmap = serif.getCmap().getSubtable(3, 10);
        for (int codePoint = 0x20; codePoint < 0x2FA1F; codePoint += codePoint < 0x2000 ? 1 : 50) {
            int glyph = cmap.getGlyphId(codePoint);
            assertThat(face.has(codePoint)).isEqualTo(glyph != 0);
            if (glyph != 0) {
                var expected = serif.getCFF()
                        .getFont()
                        .getType2CharString(glyph)
                        .getPath()
                        .getBounds2D();
                var actual = path(face.outline(codePoint)).getBounds2D();
                assertThat(actual.getX() * 1000).isCloseTo(expected.getX(), within(0.01));
                assertThat(actual.getMaxX() * 1000).isCloseTo(expected.getMaxX(), within(0.01));
                assertThat(actual.getMaxY() * 1000).isCloseTo(expected.getMaxY(), within(0.01));
                assertThat(face.advance(codePoint) * 1000)
                        .isCloseTo((double) serif.getAdvanceWidth(glyph), within(0.001));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void subset_readByFontBox_hasSameAdvancesAndOutlines(Face face) throws IOException {
        var original = typefaces.face(face);
        var present = SAMPLE.codePoints().filter(original::has).boxed().collect(Collectors.toCollection(TreeSet::new));
        assertThat(present).contains((int) '印', (int) '鑫');
        var font = parse(original.subset(present, "Sample"));
        var basic = font.getCmap().getSubtable(3, 1);
        var full = font.getCmap().getSubtable(3, 10);
        for (int codePoint : present) {
            int glyph = full.getGlyphId(codePoint);
            assertThat(glyph).isPositive();
            if (codePoint <= 0xFFFF) {
                assertThat(basic.getGlyphId(codePoint)).isEqualTo(glyph);
            }
            assertThat(font.getAdvanceWidth(glyph) / 1000.0).isEqualTo(original.advance(codePoint));
            var data = font.getGlyph().getGlyph(glyph);
            var written = data == null ? new GeneralPath() : data.getPath();
            assertThat(strayArea(path(original.outline(codePoint)), written))
                    .as("U+%04X", codePoint)
                    .isLessThan(0.004);
        }
        assertThat(font.getNaming().getFontFamily()).isEqualTo("Sample");
        assertThat(font.getOS2Windows().getWeightClass()).isEqualTo(face == Face.SERIF_BOLD ? 700 : 400);
    }

    @Test
    void subset_madeTwice_isSameBytes() {
        var codePoints = new TreeSet<>(List.of((int) '印', (int) '证', RARE));
        var face = typefaces.face(Face.SERIF);
        assertThat(face.subset(codePoints, "A").trueType())
                .isEqualTo(typefaces.face(Face.SERIF).subset(codePoints, "A").trueType());
        assertThat(face.subset(codePoints, "A").glyph(RARE)).isEqualTo(3);
    }

    @Test
    void character_thatNoFaceHas_isInvalidInput() {
        assertThatThrownBy(() -> typefaces.face(Face.SERIF).advance(0x10FFFD))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("missing-glyph"));
    }

    @Test
    void find_withoutFonts_namesThePackage(@TempDir Path empty) {
        assertThatThrownBy(() -> Typefaces.find(List.of(empty)))
                .isInstanceOf(Failure.NotDone.class)
                .hasMessageContaining("fonts-noto-cjk");
    }

    /// How much of one outline lies outside the other, as a share of the em square.
    private static double strayArea(GeneralPath cubicEm, GeneralPath units) {
        var em = java.awt.geom.AffineTransform.getScaleInstance(1000, 1000);
        var first = new Area(em.createTransformedShape(cubicEm));
        var second = new Area(units);
        var stray = new Area(first);
        stray.exclusiveOr(second);
        return surface(stray) / 1e6;
    }

    private static double surface(Area area) {
        double sum = 0;
        var points = new double[6];
        double startX = 0;
        double startY = 0;
        double x = 0;
        double y = 0;
        for (var i = area.getPathIterator(null, 0.05); !i.isDone(); i.next()) {
            switch (i.currentSegment(points)) {
                case PathIterator.SEG_MOVETO -> {
                    startX = x = points[0];
                    startY = y = points[1];
                }
                case PathIterator.SEG_LINETO -> {
                    sum += x * points[1] - points[0] * y;
                    x = points[0];
                    y = points[1];
                }
                default -> sum += x * startY - startX * y;
            }
        }
        return Math.abs(sum) / 2;
    }

    private static TrueTypeFont parse(SubsetFont font) throws IOException {
        return new TTFParser().parse(new RandomAccessReadBuffer(font.trueType().toByteArray()));
    }

    private static GeneralPath path(String data) {
        var path = new GeneralPath();
        var words = data.isEmpty() ? new String[0] : data.split(" ", -1);
        int i = 0;
        while (i < words.length) {
            switch (words[i++]) {
                case "M" -> path.moveTo(number(words[i++]), number(words[i++]));
                case "L" -> path.lineTo(number(words[i++]), number(words[i++]));
                case "C" ->
                    path.curveTo(
                            number(words[i++]),
                            number(words[i++]),
                            number(words[i++]),
                            number(words[i++]),
                            number(words[i++]),
                            number(words[i++]));
                case "Z" -> path.closePath();
                default -> throw new AssertionError(words[i - 1]);
            }
        }
        return path;
    }

    private static float number(String word) {
        return Float.parseFloat(word);
    }
}
