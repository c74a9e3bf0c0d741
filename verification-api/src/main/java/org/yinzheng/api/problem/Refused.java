package org.yinzheng.api.problem;

/// Carries a problem from a handler to the one place that writes problems.
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public Refused(Problem problem) {
        super(problem.code(), null, false, false);
        this.problem = problem;
    }

    public Refused(ProblemCode code) {
        this(Problem.of(code));
    }

    public Problem problem() {
        return problem;
    }
}
