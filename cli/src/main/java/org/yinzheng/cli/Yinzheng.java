package org.yinzheng.cli;

import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// The program: `yinzheng COMMAND`.
@Command(
        name = "yinzheng",
        header = "印证 Yinzheng: 电子证照与电子印章可信服务  electronic licences and seals",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%n退出码 Exit codes:%n",
        exitCodeList = {
            "0:完成，全部通过  done, all passed",
            "1:至少一项未通过  at least one failed",
            "2:至少一项无法判定，无一失败  at least one indeterminate, none failed",
            "64:用法错误  wrong usage",
            "69:所需服务不可用（密码设备、数据库、服务器）  a service is unavailable",
            "70:程序缺陷  a bug"
        },
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            IssueCommand.class,
            LicenceCommand.class,
            SealCommand.class,
            StampCommand.class,
            VerifyCommand.class,
            SelftestCommand.class,
            ConvertCommand.class,
            CatalogueCommand.class,
            TokenCommand.class,
            KeysCommand.class,
            HolderCommand.class,
            ErasureCommand.class,
            TrustCommand.class,
            ReceiptCommand.class,
            AuditCommand.class,
            GrantCommand.class,
            AuthorityCommand.class,
            HelpCommand.class,
            GenerateCompletion.class
        })
public final class Yinzheng {
    private Yinzheng() {}

    public static void main(String[] args) {
        if (List.of(args).contains("serve") && System.getenv("YINZHENG_LOG") == null) {
            System.setProperty(
                    "YINZHENG_LOG", "INFO"); // a service tells its log what it does; a command tells its user
        }
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Yinzheng())
                .setExecutionExceptionHandler(new Failures())
                .setParameterExceptionHandler(new Usage());
    }
}
