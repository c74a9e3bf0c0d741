package org.yinzheng.signing.seal;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yinzheng.signing.layout.Typefaces;

/// Draws the contact sheet docs/images/seals.png: ten names in every shape. Arguments: the file, and the pixels
/// across a cell of 47 mm.
final class SealSheet {
    private static final List<String> NAMES = List.of(
            "云州",
            "云泽县",
            "云泽政府",
            "临江县公安局",
            "海州市市场监督管理局",
            "云岭省海州市行政审批服务局",
            "海州市高新技术产业开发区管理委员会",
            "云岭省海州市住房公积金管理中心朝阳区管理部",
            "云岭省海州市经济技术开发区市场监督管理局知识产权分局",
            "云岭省海州市朝阳区高新技术产业开发区综合行政执法局第二大队站");

    private SealSheet() {}

    public static void main(String[] arguments) throws IOException {
        var artist = new SealArtist(Typefaces.find());
        int cell = Integer.parseInt(arguments[1]);
        var sheet = new BufferedImage(5 * cell, 8 * cell, BufferedImage.TYPE_INT_ARGB);
        var canvas = sheet.createGraphics();
        canvas.setRenderingHint(java.awt.RenderingHints.KEY_ANTIALIASING, java.awt.RenderingHints.VALUE_ANTIALIAS_ON);
        int at = 0;
        for (var design : designs()) {
            var place = canvas.getTransform();
            canvas.translate((at % 5 + 0.5) * cell, (Math.floorDiv(at, 5) + 0.5) * cell);
            canvas.scale(cell / 47.0, cell / 47.0);
            canvas.setColor(SealArtist.RED);
            artist.shapes(design).forEach(canvas::fill);
            canvas.setTransform(place);
            at++;
        }
        canvas.dispose();
        var file = Path.of(arguments[0]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, RedPng.of(sheet, SealArtist.RED, cell / 47.0).toByteArray());
    }

    static List<SealDesign> designs() {
        var designs = new java.util.ArrayList<SealDesign>();
        NAMES.forEach(name -> designs.add(new SealDesign.Round(name, "", 42)));
        NAMES.forEach(name -> designs.add(new SealDesign.Round(name, "审批业务专用章", 42)));
        NAMES.forEach(name -> designs.add(new SealDesign.Ellipse(name, "91350200MA2XYZ8K7C", "发票专用章", 40, 30)));
        NAMES.forEach(name -> designs.add(new SealDesign.Square(name, 22)));
        return designs;
    }
}
