package org.yinzheng.testdata.paper;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.time.LocalDate;
import java.util.List;
import org.yinzheng.signing.layout.Face;

/// Prints a sheet, in millimetres on A4 landscape, without its stamp.
final class Printer {
    static final double WIDTH = 297;
    static final double HEIGHT = 210;
    private static final Color INK = new Color(0x1E1C1B);
    private static final Color LABEL = new Color(0x4A2F1B);

    private final Pen pen;

    Printer(Pen pen) {
        this.pen = pen;
    }

    void print(Sheet sheet, Graphics2D graphics) {
        switch (sheet.form()) {
            case CERTIFICATE -> certificate(sheet, graphics);
            case BOOKLET -> booklet(sheet, graphics);
        }
    }

    private void certificate(Sheet sheet, Graphics2D graphics) {
        Rectangle2D page = new Rectangle2D.Double(0, 0, WIDTH, HEIGHT);
        graphics.setColor(new Color(0xFBF6E6));
        graphics.fill(page);
        Ornament.waves(graphics, Ornament.inset(page, 20), new Color(0xEFDFB4), 4.6);
        Ornament.border(graphics, Ornament.inset(page, 9), 9, new Color(0xA67A2A));
        Ornament.emblem(graphics, WIDTH / 2, 35, 9.5);

        graphics.setColor(INK);
        pen.writeCentred(graphics, sheet.title(), WIDTH / 2, 66, 17, Face.SERIF_BOLD, 7);
        pen.writeCentred(graphics, "（副　本）", WIDTH / 2, 77, 6, Face.SERIF, 0);
        graphics.setColor(LABEL);
        pen.write(graphics, "编号", 27, 36, 4.2, Face.SERIF, 0.4);
        graphics.setColor(INK);
        pen.write(graphics, sheet.number(), 40, 36, 4.4, Face.SANS, 0.1);

        int half = (sheet.lines().size() + 1) / 2;
        column(graphics, sheet.lines().subList(0, half), 30, 92, 92);
        column(graphics, sheet.lines().subList(half, sheet.lines().size()), 160, 92, 78);
        graphics.setColor(LABEL);
        pen.write(graphics, "登记机关", 168, 178, 5.4, Face.SERIF_BOLD, 2);
        graphics.setColor(INK);
        pen.write(graphics, date(sheet.issued()), 206, 186, 5, Face.SERIF, 1.4);
        specimen(graphics, 92, 188);
    }

    private void booklet(Sheet sheet, Graphics2D graphics) {
        Rectangle2D page = new Rectangle2D.Double(0, 0, WIDTH, HEIGHT);
        graphics.setColor(new Color(0xF1F5EE));
        graphics.fill(page);
        Ornament.waves(graphics, Ornament.inset(page, 6), new Color(0xC9DFD0), 4);
        graphics.setColor(new Color(0x5B8A72));
        graphics.setStroke(new BasicStroke(0.7f));
        graphics.draw(new Rectangle2D.Double(12, 12, WIDTH / 2 - 20, HEIGHT - 24));
        graphics.draw(new Rectangle2D.Double(WIDTH / 2 + 8, 12, WIDTH / 2 - 20, HEIGHT - 24));
        // the fold
        graphics.setColor(new Color(0x9AA79E));
        graphics.draw(new Line2D.Double(WIDTH / 2, 0, WIDTH / 2, HEIGHT));

        double left = WIDTH / 4 + 2;
        graphics.setColor(new Color(0x7C2620));
        pen.writeCentred(graphics, sheet.title(), left, 46, 14, Face.SERIF_BOLD, 8);
        photograph(graphics, left - 20, 62);
        graphics.setColor(LABEL);
        pen.writeCentred(graphics, "编号 " + sheet.number(), left, 134, 5, Face.SERIF, 0);
        pen.write(graphics, "签发机关", 30, 156, 5.2, Face.SERIF_BOLD, 1);
        graphics.setColor(INK);
        pen.write(graphics, sheet.authority(), 58, 156, 5.2, Face.SERIF, 0.6);
        pen.write(graphics, date(sheet.issued()), 58, 168, 5, Face.SERIF, 0.8);
        column(graphics, sheet.lines(), WIDTH / 2 + 15, 36, 106);
        specimen(graphics, left, 190);
    }

    private void column(Graphics2D graphics, List<Sheet.Line> lines, double x, double top, double width) {
        double baseline = top;
        for (Sheet.Line line : lines) {
            graphics.setColor(LABEL);
            pen.write(graphics, line.label(), x, baseline, 5, Face.SERIF_BOLD, 0.4);
            graphics.setColor(INK);
            double indent = 34;
            baseline =
                    pen.writeWrapped(graphics, line.text(), x + indent, baseline, width + 12 - indent, 4.8, Face.SERIF);
            baseline += 11;
        }
    }

    /// A grey silhouette: nobody's face.
    private static void photograph(Graphics2D graphics, double x, double y) {
        graphics.setColor(new Color(0xB9C8D6));
        graphics.fill(new Rectangle2D.Double(x, y, 40, 56));
        graphics.setColor(new Color(0x6C7680));
        graphics.fill(new Ellipse2D.Double(x + 11, y + 12, 18, 23));
        java.awt.Shape clip = graphics.getClip();
        graphics.clip(new Rectangle2D.Double(x, y, 40, 56));
        graphics.fill(new Ellipse2D.Double(x + 2, y + 38, 36, 40));
        graphics.setClip(clip);
        graphics.setColor(new Color(0x59636B));
        graphics.setStroke(new BasicStroke(0.3f));
        graphics.draw(new Rectangle2D.Double(x, y, 40, 56));
    }

    private void specimen(Graphics2D graphics, double middle, double baseline) {
        graphics.setColor(new Color(0x8A8A80));
        pen.writeCentred(graphics, "样张 · 内容均为虚构 · SPECIMEN, ALL INVENTED", middle, baseline, 3, Face.SANS, 0);
    }

    private static String date(LocalDate day) {
        return "%d年%02d月%02d日".formatted(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
    }
}
