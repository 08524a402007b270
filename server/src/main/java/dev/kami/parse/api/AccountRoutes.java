package dev.kami.parse.api;

import dev.kami.parse.user.Challenges;
import dev.kami.parse.user.EmailConfirmations;
import dev.kami.parse.user.PasswordResets;
import dev.kami.parse.value.ParseValue.Obj;

/** What a user can do for the own account without a session: ask for mails, and for the challenge of a provider. */
public final class AccountRoutes implements Routes {
    private final PasswordResets resets;
    private final EmailConfirmations confirmations;
    private final Challenges challenges;

    public AccountRoutes(PasswordResets resets, EmailConfirmations confirmations, Challenges challenges) {
        this.resets = resets;
        this.confirmations = confirmations;
        this.challenges = challenges;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("POST", "/requestPasswordReset", request -> {
            resets.request(request.body());
            return ApiResponse.empty();
        });
        table.add("POST", "/verificationEmailRequest", request -> {
            confirmations.request(request.caller(), request.body());
            return ApiResponse.empty();
        });
        table.add("POST", "/challenge", request -> {
            Obj answers = challenges.challenge(request.caller(), request.body());
            return ApiResponse.ok(out -> out.value(Obj.of("challengeData", answers)));
        });
    }
}
