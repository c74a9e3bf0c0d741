package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfName;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.seal.StampMaker;
import org.yinzheng.signing.seal.StampOrder;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.time.TimestampSource;

/// A GB/T 38540 stamp (the DER of an SES_Signature) over the SM3 of the signed bytes. No standard names this kind of
/// value in a PDF, so that the names are our own and say so.
final class SesValue implements SignatureValue {
    static final PdfName FILTER = new PdfName("Yinzheng");
    static final PdfName SUB_FILTER = new PdfName(StampFinding.SUB_FILTER);
    /// What a stamp has beside the seal and the certificate: under 200 bytes.
    private static final int REST = 512;

    private final StampMaker maker;
    private final Seal seal;
    private final PdfStamp stamp;
    private final Level level;
    private Level reached = Level.B;

    SesValue(Optional<TimestampSource> source, Seal seal, PdfStamp stamp, Level level) {
        this.maker = new StampMaker(source);
        this.seal = seal;
        this.stamp = stamp;
        this.level = level;
    }

    /// What the last value has.
    Level reached() {
        return reached;
    }

    @Override
    public String digestName() {
        return Suite.SM2_SM3.digestName();
    }

    @Override
    public int longest() {
        return seal.der().size()
                + Certificates.der(stamp.signer().certificate()).length
                + REST
                + (level == Level.T ? CmsValue.LONGEST_TOKEN : 0);
    }

    @Override
    public byte[] of(byte[] digest) {
        var made = maker.stamp(new StampOrder(
                seal,
                stamp.signer(),
                stamp.at(),
                DocumentBytes.of(digest),
                StampFinding.PROPERTY_INFO,
                level,
                stamp.shortfall()));
        reached = made.reached();
        return made.der().toByteArray();
    }

    @Override
    public PdfName filter() {
        return FILTER;
    }

    @Override
    public PdfName subFilter() {
        return SUB_FILTER;
    }
}
