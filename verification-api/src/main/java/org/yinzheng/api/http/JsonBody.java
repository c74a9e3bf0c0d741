package org.yinzheng.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.signing.InvalidInput;

/// A JSON object as it came in, read strictly: one object, no member twice, none that the contract does not
/// know. A parser's message quotes its input, so it goes nowhere.
public final class JsonBody {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final ObjectNode object;

    private JsonBody(ObjectNode object) {
        this.object = object;
    }

    static JsonBody parse(byte[] body) {
        try {
            if (JSON.readTree(body) instanceof ObjectNode object) {
                return new JsonBody(object);
            }
            throw new Refused(ProblemCode.BODY_NOT_JSON);
        } catch (JsonProcessingException e) {
            throw new Refused(ProblemCode.BODY_NOT_JSON);
        } catch (IOException e) {
            throw new AssertionError("reading from memory does no I/O", e);
        }
    }

    /// @throws InvalidInput `unknown-member`
    public JsonBody only(String... members) {
        var known = Set.of(members);
        for (var property : object.properties()) {
            if (!known.contains(property.getKey())) {
                throw new InvalidInput("unknown-member", "", "the contract knows no such member; it knows " + known);
            }
        }
        return this;
    }

    public String text(String member) {
        return optionalText(member).orElseThrow(() -> new InvalidInput("required", member, "is required"));
    }

    public Optional<String> optionalText(String member) {
        var node = object.get(member);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw new InvalidInput("not-text", member, "must be a string");
        }
        return Optional.of(node.textValue());
    }

    public Optional<LocalDate> optionalDate(String member) {
        return optionalText(member).map(text -> {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException e) {
                throw new InvalidInput("not-a-date", member, "must be a date such as 2026-01-31");
            }
        });
    }

    public LocalDate date(String member) {
        return optionalDate(member).orElseThrow(() -> new InvalidInput("required", member, "is required"));
    }

    /// Empty when the member is absent.
    public List<String> texts(String member) {
        var texts = new ArrayList<String>();
        for (var element : array(member)) {
            if (!element.isTextual()) {
                throw new InvalidInput("not-text", member, "must be a list of strings");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /// Empty when the member is absent.
    public List<JsonBody> objects(String member) {
        var objects = new ArrayList<JsonBody>();
        for (var element : array(member)) {
            if (!(element instanceof ObjectNode node)) {
                throw new InvalidInput("not-an-object", member, "must be a list of objects");
            }
            objects.add(new JsonBody(node));
        }
        return objects;
    }

    public boolean flag(String member, boolean otherwise) {
        var node = object.get(member);
        if (node == null || node.isNull()) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            throw new InvalidInput("not-a-boolean", member, "must be true or false");
        }
        return node.booleanValue();
    }

    public int number(String member, int otherwise) {
        var node = object.get(member);
        if (node == null || node.isNull()) {
            return otherwise;
        }
        if (!node.canConvertToInt() || !node.canConvertToExactIntegral()) {
            throw new InvalidInput("not-a-number", member, "must be a whole number");
        }
        return node.intValue();
    }

    private JsonNode array(String member) {
        var node = object.get(member);
        if (node == null || node.isNull()) {
            return JsonNodeFactory.instance.arrayNode();
        }
        if (!node.isArray()) {
            throw new InvalidInput("not-a-list", member, "must be a list");
        }
        return node;
    }

    public boolean has(String member) {
        return object.hasNonNull(member);
    }

    public Optional<Double> optionalNumber(String member) {
        var node = object.get(member);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isNumber()) {
            throw new InvalidInput("not-a-number", member, "must be a number");
        }
        return Optional.of(node.doubleValue());
    }

    /// An object within this one; its own members are named without a prefix.
    public JsonBody member(String member) {
        if (object.get(member) instanceof ObjectNode node) {
            return new JsonBody(node);
        }
        throw new InvalidInput("not-an-object", member, "an object is required");
    }

    public JsonNode object(String member) {
        if (object.get(member) instanceof ObjectNode node) {
            return node;
        }
        throw new InvalidInput("not-an-object", member, "an object is required");
    }
}
