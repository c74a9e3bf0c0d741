package org.yinzheng.testdata.corpus.ofd;

import java.nio.charset.StandardCharsets;
import org.yinzheng.signing.DocumentBytes;

/// One package in the lawful forms of the container.
final class Zips {
    private Zips() {}

    enum Form {
        STORED("files that are not deflated"),
        SIZES_BEFORE("sizes in the headers, no descriptors"),
        DESCRIPTORS_WITHOUT_MARK("descriptors without their mark"),
        FOLDERS("entries for folders"),
        ZIP64("every number in ZIP64 fields"),
        COMMENT("a comment at the end"),
        TIMES("extra fields with times"),
        BACKSLASHES("names with back slashes, as one system writes them");

        final String made;

        Form(String made) {
            this.made = made;
        }
    }

    static DocumentBytes of(Parcel parcel, Form form) {
        var zip = new ZipBuilder();
        if (form == Form.FOLDERS) {
            zip.add(new ZipBuilder.Item("Doc_0/", new byte[0], false));
        }
        for (var name : parcel.names()) {
            zip.add(new ZipBuilder.Item(name, parcel.get(name), form != Form.STORED));
        }
        for (var item : zip.items) {
            switch (form) {
                case DESCRIPTORS_WITHOUT_MARK -> item.withDescriptor(false);
                case TIMES -> {
                    item.extra = ZipBuilder.extra(0x5455, new byte[] {1, 0, 0, 0, 0});
                    item.listedExtra = item.extra;
                }
                case BACKSLASHES -> {
                    item.name = item.name.replace('/', '\\');
                    item.listedName = item.name;
                }
                default -> {}
            }
        }
        zip.zip64 = form == Form.ZIP64;
        if (form == Form.COMMENT) {
            zip.comment = "made by hand".getBytes(StandardCharsets.US_ASCII);
        }
        return zip.build();
    }
}
