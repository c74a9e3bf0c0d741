package org.yinzheng.api;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.yinzheng.api.http.AccessLog;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.ByteBudget;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.Gate;
import org.yinzheng.api.http.Meters;
import org.yinzheng.api.http.Readiness;
import org.yinzheng.api.http.Spool;
import org.yinzheng.api.http.Verification;
import org.yinzheng.api.notice.Courier;
import org.yinzheng.api.pages.AnswerView;
import org.yinzheng.api.pages.Assets;
import org.yinzheng.api.pages.ClerkPage;
import org.yinzheng.api.pages.CopyPage;
import org.yinzheng.api.pages.DisputePage;
import org.yinzheng.api.pages.Frame;
import org.yinzheng.api.pages.HomePage;
import org.yinzheng.api.pages.MyPage;
import org.yinzheng.api.pages.SecurityHeaders;
import org.yinzheng.api.pages.SignInPages;
import org.yinzheng.api.pages.StandingPage;
import org.yinzheng.api.pages.VerificationPage;
import org.yinzheng.api.problem.Problems;
import org.yinzheng.api.receipt.Receipts;
import org.yinzheng.api.routes.Access;
import org.yinzheng.api.routes.AuditRoutes;
import org.yinzheng.api.routes.Contract;
import org.yinzheng.api.routes.CopyOrders;
import org.yinzheng.api.routes.CopyRoutes;
import org.yinzheng.api.routes.DisputeDesk;
import org.yinzheng.api.routes.DisputeRoutes;
import org.yinzheng.api.routes.ErasureRoutes;
import org.yinzheng.api.routes.GrantRoutes;
import org.yinzheng.api.routes.IssueRoute;
import org.yinzheng.api.routes.LicenceRoutes;
import org.yinzheng.api.routes.LifeRoutes;
import org.yinzheng.api.routes.OperationRoutes;
import org.yinzheng.api.routes.PublicRoutes;
import org.yinzheng.api.routes.SealAccess;
import org.yinzheng.api.routes.SealPaperRoutes;
import org.yinzheng.api.routes.SealRoutes;
import org.yinzheng.api.routes.StampRoutes;
import org.yinzheng.api.routes.TileRoutes;
import org.yinzheng.api.routes.TimestampRoute;
import org.yinzheng.api.routes.VerificationRoutes;
import org.yinzheng.api.routes.WebhookRoutes;
import org.yinzheng.api.routes.WitnessRoutes;
import org.yinzheng.api.signin.DemoProvider;
import org.yinzheng.api.signin.Rights;
import org.yinzheng.api.signin.TokenCheck;
import org.yinzheng.api.verification.Examiner;
import org.yinzheng.api.verification.Jobs;
import org.yinzheng.api.verification.Reader;
import org.yinzheng.api.verification.VerificationDesk;
import org.yinzheng.registry.stamping.StampRequest;
import org.yinzheng.signing.InvalidInput;

/// Puts the routes together, by plain constructors.
record Wiring(
        ServiceParts parts,
        ServiceConfig config,
        Vertx vertx,
        Meters meters,
        Bridge bridge,
        Bodies bodies,
        URI url,
        ZoneId zone) {

    /// For all documents of a request, which may be hundreds of megabytes.
    private static final Duration STAMP_DEADLINE = Duration.ofMinutes(10);

    /// @param jobs stopped before what they work with
    /// @param courier stopped before what it works with
    record Wired(Router router, Jobs jobs, Courier courier) {}

    Wired wire() {
        var limits = config.limits();
        var tokenSessions = new Gate(limits.issuing(), limits.patience());
        var parsing = new Gate(limits.parsing(), limits.patience());
        meters.places("issuing", tokenSessions);
        meters.places("parsing", parsing);
        var demonstration = demonstration();
        var given = parts.rights();
        var rights = new Rights(given.grants(), given.source(), given.firstAdministrators(), parts.clock());
        var doorkeeper = new Doorkeeper(
                tokenCheck(demonstration), rights, new AccessLog(parts.audit().log(), parts.clock()), bridge);
        var verification = new Verification(parts.verifier(), parsing, meters);

        var contract = new Contract(url);
        var access = new Access(parts.licences(), parts.catalogue(), parts.office());
        new IssueRoute(parts.issuance(), parts.catalogue(), access, tokenSessions, meters, bodies, bridge)
                .register(contract);
        new LicenceRoutes(parts.licences(), parts.catalogue(), access, bodies, bridge).register(contract);
        var disputes = parts.life().disputes();
        var disputeDesk = new DisputeDesk(disputes, parts.catalogue(), access);
        new LifeRoutes(parts.life().life(), disputes, access, bodies, bridge).register(contract);
        new DisputeRoutes(disputes, disputeDesk, access, bodies, bridge, parts.clock(), zone).register(contract);
        var notices = parts.life().notices();
        var courier = Courier.start(notices.outbox(), notices.key(), notices.hosts(), url, parts.clock());
        new WebhookRoutes(notices.outbox(), notices.hosts(), courier, access, bodies, bridge).register(contract);
        var copyOrders = new CopyOrders(parts.life().copies(), access);
        new CopyRoutes(parts.life().copies(), copyOrders, bodies, bridge).register(contract);
        new PublicRoutes(parts.licences(), parts.life().copies(), parts.catalogue(), bridge).register(contract);
        var verifications = parts.verifications();
        var examiner = new Examiner(
                verification,
                parts.licences(),
                parts.life().copies(),
                parts.life().notices().outbox(),
                parts.audit().log(),
                parts.clock());
        var jobs = new Jobs(examiner, verifications.kept(), verifications.waiting(), Math.max(1, limits.parsing() / 2));
        jobs.resume();
        var desk = new VerificationDesk(examiner, verifications.kept(), jobs);
        var reader = new Reader(parts.licences(), doorkeeper, bodies, parts.clock());
        var receipts = new Receipts(
                verifications.body(),
                verifications.kept(),
                parts.verifier(),
                verifications.typefaces(),
                url,
                parts.clock());
        new VerificationRoutes(desk, reader, receipts, tokenSessions, bridge, verifications.atOnce())
                .register(contract);
        new GrantRoutes(given.grants(), bodies, bridge).register(contract);
        new ErasureRoutes(parts.life().erasures(), bodies, bridge).register(contract);
        new AuditRoutes(parts.audit().log(), bridge).register(contract);
        var stamping = parts.stamping();
        var spool = new Spool(
                vertx,
                stamping.spool(),
                limits.stampBytes(),
                StampRequest.MOST,
                new ByteBudget(limits.stampBytesInFlight()),
                STAMP_DEADLINE);
        var sealAccess = new SealAccess(stamping.seals());
        new StampRoutes(
                        stamping.stamping(),
                        stamping.batches(),
                        stamping.rehearsal(),
                        stamping.documents(),
                        sealAccess,
                        tokenSessions,
                        spool,
                        bodies,
                        bridge)
                .register(contract);
        new TimestampRoute(parts.timestamps(), tokenSessions, bodies, bridge).register(contract);
        var seals = parts.seals();
        new SealRoutes(
                        seals.seals(),
                        seals.office(),
                        seals.artist(),
                        sealAccess,
                        tokenSessions,
                        bodies,
                        bridge,
                        parts.clock())
                .register(contract);
        new SealPaperRoutes(
                        seals.office(),
                        seals.uses(),
                        seals.demonstrationCertificates(),
                        sealAccess,
                        bodies,
                        bridge,
                        parts.clock())
                .register(contract);
        meters.seals(seals.seals());
        new OperationRoutes(new Readiness(parts.probes(), meters), meters, bridge).register(contract);

        var router = Router.router(vertx);
        router.route().handler(SecurityHeaders::add);
        contract.register(router, doorkeeper);
        new TileRoutes(parts.audit().log(), bridge).register(router);
        new WitnessRoutes(parts.audit().witness(), bodies, bridge).register(router);
        new Assets().register(router);
        new HomePage().register(router);
        var view = new AnswerView(zone);
        new ClerkPage(desk, reader, view, bodies, bridge, verifications.atOnce()).register(router);
        new VerificationPage(desk, view, bridge).register(router);
        new MyPage(parts.licences(), doorkeeper, bridge).register(router);
        new DisputePage(disputeDesk, parts.catalogue(), doorkeeper, bodies, bridge).register(router);
        new CopyPage(copyOrders, parts.life().copies(), doorkeeper, bodies, bridge).register(router);
        new StandingPage(parts.licences(), bridge).register(router);
        var https = "https".equals(url.getScheme());
        demonstration.ifPresent(provider -> new SignInPages(provider, bodies, bridge, https).register(router));
        router.route().failureHandler(Problems::writeJson);
        for (int status : new int[] {400, 404, 405, 406, 415}) {
            router.errorHandler(status, this::unmatched);
        }
        return new Wired(router, jobs, courier);
    }

    private void unmatched(RoutingContext request) {
        var accept = request.request().getHeader("Accept");
        if (accept != null && accept.contains("text/html")) {
            Frame.sendProblem(request);
        } else {
            Problems.writeJson(request);
        }
    }

    private Optional<DemoProvider> demonstration() {
        return switch (config.signIn()) {
            case SignIn.Provider provider -> Optional.empty();
            case SignIn.Demonstration demonstration ->
                Optional.of(new DemoProvider(
                        url + "/demo-idp",
                        parts.demonstrationKey()
                                .orElseThrow(() -> new InvalidInput(
                                        "demonstration-key", "signIn", "the built-in provider needs a P-256 key")),
                        demonstration.users(),
                        parts.clock()));
        };
    }

    private TokenCheck tokenCheck(Optional<DemoProvider> demonstration) {
        return switch (config.signIn()) {
            case SignIn.Provider provider ->
                TokenCheck.remote(provider.issuer(), provider.audience(), provider.jwks(), parts.clock());
            case SignIn.Demonstration users -> demonstration.orElseThrow().check();
        };
    }
}
