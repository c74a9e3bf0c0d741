package org.yinzheng.cli;

import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs the service until it is told to stop; what is being issued then is finished first.
@Command(
        name = "serve",
        header = "启动服务  run the service",
        description = {
            "首次运行时在数据目录中建立密码设备、密钥、演示证书、印章和数据库。",
            "The first run makes a token, keys, demonstration certificates, seals and a database in the data folder."
        },
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final int RECONCILE_SECONDS = 60;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "端口，代替设置中的端口  instead of the port in yinzheng.yaml; 0: any")
    private @Nullable Integer port;

    @Override
    public Integer call() throws InterruptedException {
        var out = Objects.requireNonNull(spec).commandLine().getErr();
        var stopped = new CountDownLatch(1);
        var installation = Installation.open(data.folder(), Clock.systemUTC(), out::println);
        try (installation) {
            var service = installation.service(port);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                service.stop();
                installation.close();
                stopped.countDown();
            }));
            service.start();
            out.println("就绪 ready: http://" + installation.settings().server().host() + ":" + service.port()
                    + "/   (Ctrl-C 停止 stops)");
            while (!stopped.await(RECONCILE_SECONDS, TimeUnit.SECONDS)) {
                installation.reconcile(out::println);
            }
        }
        return ExitCode.DONE;
    }
}
