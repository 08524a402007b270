package dev.kami.parse.api;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.security.SecurityReport;

/** {@code /security}: which settings are weak, for the master key. */
public final class SecurityRoutes implements Routes {
    private final SecurityReport report;

    public SecurityRoutes(SecurityReport report) {
        this.report = report;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/security", this::run);
    }

    private ApiResponse run(ApiRequest request) {
        request.requireMaster();
        if (!report.isEnabled()) {
            throw ParseException.withStatus(
                    409, "Enable Parse Server option `security.enableCheck` to run security check.");
        }
        return ApiResponse.ok(report.run());
    }
}
