package org.yinzheng.signing.ofd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.layout.DocumentInfo;
import org.yinzheng.signing.layout.Face;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.seal.PermittedSigners;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.seal.SealArtist;
import org.yinzheng.signing.seal.SealKind;
import org.yinzheng.signing.seal.SealMaker;
import org.yinzheng.signing.seal.SealOrder;
import org.yinzheng.signing.seal.SealParties;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Place;

/// A small licence as OFD and everything that stamps it, made once.
public final class OfdSamples {
    public static final String LICENCE_ID = "1.2.156.3005.2.11350200000077441M001.A0000001.001.X";
    static final Typefaces TYPEFACES = Typefaces.find();
    static final SealParties PARTIES = new SealParties();
    static final Seal SEAL = new SealMaker(PARTIES.maker)
            .make(new SealOrder(
                    "35020000000001",
                    "海州市市场监督管理局",
                    SealKind.STATUTORY_NAME,
                    new SealArtist(TYPEFACES).round("海州市市场监督管理局", "", 42),
                    PermittedSigners.listed(List.of(PARTIES.authority.certificate())),
                    SealParties.NOW,
                    SealParties.NOW.minusSeconds(86_400),
                    SealParties.NOW.plusSeconds(86_400 * 300L)));
    public static final DocumentBytes UNSIGNED = render(LICENCE_ID);
    public static final DocumentBytes STAMPED = stamp(UNSIGNED, SEAL, PARTIES.authority);

    private OfdSamples() {}

    static DocumentBytes render(String licenceId) {
        return new OfdRenderer(TYPEFACES).render(page(), info(licenceId));
    }

    static DocumentInfo info(String licenceId) {
        var metadata = new TreeMap<String, String>();
        metadata.put("ZZMC", "营业执照");
        metadata.put("CZZT", "海州市 <朝阳> & \"远航\" 贸易有限公司");
        return new DocumentInfo("营业执照", licenceId, metadata, SealParties.NOW);
    }

    static DocumentBytes stamp(DocumentBytes ofd, Seal seal, Signer signer) {
        return new OfdStamper()
                .stamp(ofd, OfdStamp.closing(seal, signer, SealParties.NOW, new Place.OnPage(1, 101, 81)))
                .document();
    }

    static OfdStamped stamp(DocumentBytes ofd, boolean closes, Place... places) {
        return new OfdStamper()
                .stamp(
                        ofd,
                        new OfdStamp(
                                SEAL,
                                PARTIES.authority,
                                SealParties.NOW,
                                List.of(places),
                                closes,
                                Level.B,
                                Level.Shortfall.REQUIRE,
                                Set.of()));
    }

    /// The sample's page so many times.
    static Tampering pages(int count) {
        var taken = Tampering.of(UNSIGNED);
        var content = taken.file(Tampering.CONTENT);
        var listed = new StringBuilder();
        for (int i = 1; i < count; i++) {
            taken.put("Doc_0/Pages/Page_" + i + "/Content.xml", content);
            listed.append("<ofd:Page ID=\"%d\" BaseLoc=\"Pages/Page_%d/Content.xml\"/>".formatted(9000 + i, i));
        }
        return count == 1
                ? taken
                : taken.edit("Doc_0/Document.xml", xml -> xml.replace("</ofd:Pages>", listed + "</ofd:Pages>"));
    }

    /// A6, landscape.
    static Page page() {
        var brown = new Page.Colour(0x7a, 0x55, 0x20);
        var marks = new ArrayList<Page.Mark>();
        marks.add(new Page.Path("M 4 4 L 144 4 L 144 101 L 4 101 Z", new Page.Colour(0xfd, 0xfb, 0xf3), null, 0));
        marks.add(new Page.Path("M 6 6 L 142 6 L 142 99 L 6 99 Z", null, brown, 0.4));
        marks.add(new Page.Path("M 60 50 C 60 40 80 40 80 50 C 80 60 60 60 60 50 Z", brown, brown, 0.2));
        marks.add(text("营业执照", 40, 24, 13, Face.SERIF_BOLD));
        marks.add(text("名称：海州市朝阳远航贸易有限公司", 14, 44, 4.5, Face.SERIF));
        marks.add(text("法定代表人：𠮷田 A&B <甲>", 14, 54, 4.5, Face.SERIF));
        marks.add(text("证照标识 1.2.156.3005.2", 14, 92, 2.8, Face.SANS));
        marks.add(new Page.Picture(new Page.Area(120, 14, 12, 12), SealParties.PICTURE.png()));
        return new Page(148, 105, marks, new Page.Area(80, 60, 42, 42));
    }

    private static Page.Text text(String text, double x, double baseline, double size, Face face) {
        int count = (int) text.codePoints().count();
        var advances = new ArrayList<Double>(Collections.nCopies(count - 1, size));
        int[] codePoints = text.codePoints().toArray();
        for (int i = 0; i + 1 < count; i++) {
            if (codePoints[i] < 0x80) {
                advances.set(i, size * TYPEFACES.face(face).advance(codePoints[i]));
            }
        }
        return new Page.Text(x, baseline, size, face, Page.Colour.BLACK, text, advances);
    }
}
