package org.yinzheng.api.routes;

import java.util.Base64;
import org.yinzheng.api.http.JsonBody;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.identity.HolderKind;
import org.yinzheng.registry.seals.GuardRails;
import org.yinzheng.registry.seals.RailsJson;
import org.yinzheng.registry.seals.SealApplication;
import org.yinzheng.registry.seals.SealHolder;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.seal.SealArtist;
import org.yinzheng.signing.seal.SealDesign;
import org.yinzheng.signing.seal.SealKind;
import org.yinzheng.signing.seal.SealPicture;
import org.yinzheng.signing.seal.SealScan;

/// Reads an application for a seal, and draws its picture when none was sent.
final class SealApplications {
    private final SealArtist artist;

    SealApplications(SealArtist artist) {
        this.artist = artist;
    }

    /// @throws InvalidInput naming the member that is wrong
    SealApplication read(JsonBody body, Identity identity) {
        body.only(
                "id",
                "kind",
                "name",
                "lowerText",
                "holder",
                "keeper",
                "diameterMm",
                "picture",
                "validUntil",
                "guardRails");
        var kind = kind(body.text("kind"));
        var holder = holder(body.member("holder").only("kind", "id", "name"));
        var keeper = keeper(body, holder);
        if (!SealAccess.keepers(identity)
                .map(own -> own.contains(keeper.code()))
                .orElse(true)) {
            throw new InvalidInput("not-your-authority", "keeper", "you keep the seals of your own authority only");
        }
        var name = body.text("name");
        var line = body.optionalText("lowerText").orElse("");
        return new SealApplication(
                body.optionalText("id"),
                kind,
                name,
                holder,
                line,
                keeper,
                body.has("picture")
                        ? uploaded(body.member("picture").only("png", "widthMm", "heightMm"))
                        : artist.draw(design(body, kind, name, line, holder)),
                body.date("validUntil"),
                body.has("guardRails") ? RailsJson.read(body.object("guardRails")) : GuardRails.of(keeper.code()));
    }

    private static SealKind kind(String code) {
        for (var kind : SealKind.values()) {
            if ("%02d".formatted(kind.code()).equals(code)) {
                return kind;
            }
        }
        throw new InvalidInput("seal-kind", "kind", "01, 02, 03, 04, 05 or 06");
    }

    private static SealHolder holder(JsonBody body) {
        SealHolder.Kind kind;
        try {
            kind = SealHolder.Kind.valueOf(body.text("kind"));
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("holder-kind", "holder.kind", "AUTHORITY, ENTERPRISE or PERSON");
        }
        var number =
                switch (kind) {
                    case AUTHORITY, ENTERPRISE -> HolderKind.CREDIT_CODE;
                    case PERSON -> HolderKind.CITIZEN_ID;
                };
        return new SealHolder(kind, new Holder(HolderId.of(number, "holder.id", body.text("id")), body.text("name")));
    }

    /// A body keeps its own seal, unless somebody else is named.
    private static Authority keeper(JsonBody body, SealHolder holder) {
        if (body.has("keeper")) {
            var keeper = body.member("keeper").only("creditCode", "name");
            return new Authority(CreditCode.of("keeper.creditCode", keeper.text("creditCode")), keeper.text("name"));
        }
        if (holder.who().id() instanceof CreditCode code) {
            return new Authority(code, holder.who().name());
        }
        throw new InvalidInput("required", "keeper", "a person's seal is kept by a body");
    }

    private static SealDesign design(JsonBody body, SealKind kind, String name, String line, SealHolder holder) {
        var number = kind == SealKind.INVOICE ? holder.who().id().value() : "";
        var usual = kind.design(name, line, number);
        var diameter = body.optionalNumber("diameterMm");
        if (diameter.isEmpty()) {
            return usual;
        }
        if (usual instanceof SealDesign.Round round) {
            return new SealDesign.Round(round.name(), round.line(), diameter.get());
        }
        throw new InvalidInput("seal-diameter", "diameterMm", "a seal of this kind is not round");
    }

    /// Cleaned: nothing of the uploaded file but its red ink goes on.
    private static SealPicture uploaded(JsonBody picture) {
        byte[] file;
        try {
            file = Base64.getDecoder().decode(picture.text("png"));
        } catch (InvalidInput missing) {
            throw missing;
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("seal-picture", "picture.png", "a PNG file in Base64");
        }
        return SealScan.clean(DocumentBytes.owning(file), size(picture, "widthMm"), size(picture, "heightMm"));
    }

    private static double size(JsonBody picture, String member) {
        return picture.optionalNumber(member)
                .filter(mm -> mm >= 10 && mm <= 60)
                .orElseThrow(() -> new InvalidInput("seal-size", "picture." + member, "10 to 60 mm"));
    }
}
