package org.yinzheng.api.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;

/// A report on its way out of a worker. Read as strictly as anything from a stranger: within caps, records of the known
/// types only, no unknown property, no missing one. What is derived (indication, reasons) is derived again.
final class ReportCodec {
    static final int LARGEST = 4 << 20;
    private static final int LONGEST_TEXT = 256 << 10;
    private static final int DEEPEST = 20;

    private static final JsonMapper JSON = mapper();

    private ReportCodec() {}

    static byte[] write(Report report) {
        try {
            return JSON.writerFor(Report.class).writeValueAsBytes(report);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a report consists of records, texts and times", e);
        }
    }

    /// @throws IOException for anything but a report
    static Report read(byte[] json) throws IOException {
        @Nullable Report report = JSON.readValue(json, Report.class);
        if (report == null) {
            throw new IOException("no report");
        }
        return report;
    }

    private static JsonMapper mapper() {
        var mapper = JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule()
                        .addSerializer(Reason.class, new ReasonWriter())
                        .addDeserializer(Reason.class, new ReasonReader()))
                .addMixIn(Report.class, Kinds.class)
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .build();
        mapper.getFactory()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(LARGEST)
                        .maxStringLength(LONGEST_TEXT)
                        .maxNestingDepth(DEEPEST)
                        .build());
        return mapper;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Report.Judged.class, name = "judged"),
        @JsonSubTypes.Type(value = Report.Unsigned.class, name = "unsigned"),
        @JsonSubTypes.Type(value = Report.Malformed.class, name = "malformed")
    })
    private interface Kinds {}

    private static final class ReasonWriter extends StdSerializer<Reason> {
        private static final long serialVersionUID = 1;

        ReasonWriter() {
            super(Reason.class);
        }

        @Override
        public void serialize(Reason reason, JsonGenerator output, SerializerProvider provider) throws IOException {
            output.writeString(reason.name());
        }
    }

    private static final class ReasonReader extends StdDeserializer<Reason> {
        private static final long serialVersionUID = 1;

        ReasonReader() {
            super(Reason.class);
        }

        @Override
        public Reason deserialize(JsonParser input, DeserializationContext context) throws IOException {
            var name = input.getValueAsString("");
            return Stream.<Reason>concat(Stream.of(Flaw.values()), Stream.of(Gap.values()))
                    .filter(reason -> reason.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> context.weirdStringException(name, Reason.class, "no reason of ours"));
        }
    }
}
