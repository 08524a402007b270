package dev.kami.parse.auth;

/** Sends one-time codes as text messages: {@code sendSMS} in the options of provider {@code mfa}. */
@FunctionalInterface
public interface SmsSender {
    /**
     * Returns when the message is on its way; whatever it throws ends the request.
     *
     * @param token digits, the code
     * @param mobile as the user gave it
     */
    void send(String token, String mobile);
}
