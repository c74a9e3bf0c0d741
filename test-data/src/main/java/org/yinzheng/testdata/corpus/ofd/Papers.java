package org.yinzheng.testdata.corpus.ofd;

import java.util.Random;

/// What is stamped: a small licence with everything that an OFD can lead to.
final class Papers {
    static final String ENTRY = "OFD.xml";
    static final String DOCUMENT = "Doc_0/Document.xml";
    static final String PAGE = "Doc_0/Pages/Page_0/Content.xml";
    static final String TEMPLATE = "Doc_0/Tpls/Tpl_0/Content.xml";
    static final String RESOURCES = "Doc_0/PublicRes.xml";
    static final String IMAGE = "Doc_0/Res/image_5.png";
    static final String ANNOTATION = "Doc_0/Annots/Page_0/Annotation.xml";
    static final String ATTACHMENT = "Doc_0/Attachs/data.xml";
    static final String TAG = "Doc_0/Tags/CustomTag.xml";

    private Papers() {}

    static Parcel licence() {
        return licence("91350200MA34XXXX0A");
    }

    static Parcel licence(String number) {
        var image = new byte[3000];
        new Random(5).nextBytes(image);
        return new Parcel()
                .put(ENTRY, xml("""
                        <ofd:OFD %s Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>44</ofd:DocID>\
                        <ofd:CustomDatas><ofd:CustomData Name="证照编号">NUMBER</ofd:CustomData></ofd:CustomDatas>\
                        </ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>""").replace("NUMBER", number))
                .put(DOCUMENT, xml("""
                        <ofd:Document %s><ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea>\
                        <ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>\
                        <ofd:PublicRes>PublicRes.xml</ofd:PublicRes>\
                        <ofd:TemplatePage ID="3" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>\
                        <ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>\
                        <ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>\
                        <ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>\
                        <ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags></ofd:Document>"""))
                .put(RESOURCES, xml("""
                        <ofd:Res %s BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image">\
                        <ofd:MediaFile>image_5.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"""))
                .put(IMAGE, image)
                .put(PAGE, xml("""
                        <ofd:Page %s><ofd:Template TemplateID="3"/><ofd:Content><ofd:Layer ID="7">\
                        <ofd:ImageObject ID="8" ResourceID="5" Boundary="20 20 30 30"/>\
                        <ofd:TextObject ID="9" Boundary="20 60 170 8" Font="4" Size="6"><ofd:TextCode X="0" Y="6">\
                        名称：东原市朝阳远航贸易有限公司 NUMBER</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>""").replace("NUMBER", number))
                .put(TEMPLATE, xml("""
                        <ofd:Page %s><ofd:Content><ofd:Layer ID="31"><ofd:TextObject ID="32" Boundary="60 10 90 12"\
                         Font="4" Size="10"><ofd:TextCode X="0" Y="10">营业执照</ofd:TextCode></ofd:TextObject>\
                        </ofd:Layer></ofd:Content></ofd:Page>"""))
                .put("Doc_0/Annots/Annotations.xml", xml("""
                        <ofd:Annotations %s><ofd:Page PageID="1"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc>\
                        </ofd:Page></ofd:Annotations>"""))
                .put(ANNOTATION, xml("""
                        <ofd:PageAnnot %s><ofd:Annot ID="41" Type="Watermark" Creator="x"><ofd:Appearance\
                         Boundary="0 0 210 297"/></ofd:Annot></ofd:PageAnnot>"""))
                .put("Doc_0/Attachs/Attachments.xml", xml("""
                        <ofd:Attachments %s><ofd:Attachment ID="51" Name="data" Visible="false"><ofd:FileLoc>data.xml\
                        </ofd:FileLoc></ofd:Attachment></ofd:Attachments>"""))
                .put(ATTACHMENT, "<licence><number>" + number + "</number></licence>")
                .put("Doc_0/Tags/CustomTags.xml", xml("""
                        <ofd:CustomTags %s><ofd:CustomTag TypeID="0"><ofd:FileLoc>CustomTag.xml</ofd:FileLoc>\
                        </ofd:CustomTag></ofd:CustomTags>"""))
                .put(TAG, "<tag><number><ObjectRef PageRef=\"1\">9</ObjectRef></number></tag>");
    }

    static String xml(String body) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + body.replaceFirst("%s", "xmlns:ofd=\"http://www.ofdspec.org/2016\"");
    }
}
