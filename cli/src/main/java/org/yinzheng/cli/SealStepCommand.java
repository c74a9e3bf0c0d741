package org.yinzheng.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yinzheng.api.client.ApiClient;
import org.yinzheng.api.signin.DemoUser;
import org.yinzheng.registry.seals.Step;
import org.yinzheng.signing.InvalidInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// One step in a seal's life.
abstract class SealStepCommand implements Callable<Integer> {
    private final Step step;
    private final DemoUser usual;

    @Mixin
    private SealTarget target = new SealTarget();

    @Parameters(paramLabel = "ID", description = "印章编码  the seal's identifier")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "理由  why")
    private String reason = "";

    SealStepCommand(Step step, DemoUser usual) {
        this.step = step;
        this.usual = usual;
    }

    @Override
    public Integer call() throws IOException {
        return target.call(usual, client -> {
            if (!confirmed(client)) {
                target.err("未办理  not done");
                return ExitCode.FAILED;
            }
            var body = SealTarget.JSON.createObjectNode().put("step", step.wireName());
            if (!reason.isBlank()) {
                body.put("reason", reason);
            }
            validUntil().ifPresent(day -> body.put("validUntil", day));
            var seal = client.seals().take(id, body);
            if (target.json()) {
                target.line(seal);
            } else {
                SealText.next(seal, "已" + step.chinese() + " done: " + step.english())
                        .forEach(target::out);
            }
            return ExitCode.DONE;
        });
    }

    boolean confirmed(ApiClient client) {
        return true;
    }

    Optional<String> validUntil() {
        return Optional.empty();
    }

    /// Shows what was stamped with the seal, and asks.
    @SuppressWarnings("SystemConsoleNull") // whether it is null or no terminal differs between JDKs
    boolean askedFirst(ApiClient client, boolean yes) {
        target.err(SealText.blastRadius(client.seals().blastRadius(id)));
        if (yes) {
            return true;
        }
        var console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new InvalidInput(
                    "confirmation", "--yes", "nobody is here to ask: look at what was stamped, then repeat with --yes");
        }
        var answer = console.readLine("%s", "确定" + step.chinese() + "？ Sure? (yes/no) ");
        return answer != null && answer.strip().equalsIgnoreCase("yes");
    }

    @Command(name = "approve", description = "批准，并在密码设备内生成签章密钥  approve; makes the signers' keys on the token")
    static final class Approve extends SealStepCommand {
        Approve() {
            super(Step.APPROVE, DemoUsers.SECURITY_ADMIN);
        }
    }

    @Command(name = "refuse", description = "不予批准  refuse")
    static final class Refuse extends SealStepCommand {
        Refuse() {
            super(Step.REFUSE, DemoUsers.SECURITY_ADMIN);
        }
    }

    @Command(name = "make", description = "制作：以制章者密钥签署印章数据  make: sign the seal with the maker's key")
    static final class Make extends SealStepCommand {
        Make() {
            super(Step.MAKE, DemoUsers.SEAL_MAKER);
        }
    }

    @Command(name = "accept", description = "领用（须为另一印章管理员）  take over; another custodian than who applied")
    static final class Accept extends SealStepCommand {
        Accept() {
            super(Step.ACCEPT, DemoUsers.SECOND_CUSTODIAN);
        }
    }

    @Command(name = "resume", description = "恢复使用（须为另一人）  resume; another person than who suspended it")
    static final class Resume extends SealStepCommand {
        Resume() {
            super(Step.RESUME, DemoUsers.SECURITY_ADMIN);
        }
    }

    @Command(name = "report-lost", description = "挂失，立即生效  report lost, at once")
    static final class ReportLost extends SealStepCommand {
        ReportLost() {
            super(Step.REPORT_LOST, DemoUsers.SEAL_CUSTODIAN);
        }
    }

    @Command(name = "request-destruction", description = "申请销毁，由另一人销毁  ask for its destruction; another person does it")
    static final class RequestDestruction extends SealStepCommand {
        RequestDestruction() {
            super(Step.REQUEST_DESTRUCTION, DemoUsers.SEAL_CUSTODIAN);
        }
    }

    @Command(name = "renew", description = "申请换发：新密钥、新证书、新有效期  apply for renewal: new keys, certificates, period")
    static final class Renew extends SealStepCommand {
        @Option(
                names = "--until",
                required = true,
                paramLabel = "DATE",
                description = "新印章的最后一日  the new seal's last day, such as 2029-12-31")
        private String until = "";

        Renew() {
            super(Step.RENEW, DemoUsers.SEAL_CUSTODIAN);
        }

        @Override
        Optional<String> validUntil() {
            return Optional.of(until);
        }
    }

    @Command(name = "suspend", description = "停用：先显示影响范围  suspend; shows what was stamped first")
    static final class Suspend extends SealStepCommand {
        @Option(names = "--yes", description = "不再询问  do not ask")
        private boolean yes;

        Suspend() {
            super(Step.SUSPEND, DemoUsers.SEAL_CUSTODIAN);
        }

        @Override
        boolean confirmed(ApiClient client) {
            return askedFirst(client, yes);
        }
    }

    @Command(name = "destroy", description = "销毁，不可恢复：先显示影响范围  destroy for good; shows what was stamped first")
    static final class Destroy extends SealStepCommand {
        @Option(names = "--yes", description = "不再询问  do not ask")
        private boolean yes;

        Destroy() {
            super(Step.DESTROY, DemoUsers.SECURITY_ADMIN);
        }

        @Override
        boolean confirmed(ApiClient client) {
            return askedFirst(client, yes);
        }
    }
}
