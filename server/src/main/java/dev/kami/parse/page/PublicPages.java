package dev.kami.parse.page;

import dev.kami.parse.account.AccountActions;
import dev.kami.parse.log.Log;
import dev.kami.parse.options.Option;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.PageOptions;
import java.util.List;
import java.util.Map;

/** The public pages of a server: those of the router, or of the time before it. */
public final class PublicPages {
    /** What {@code customPages} says, and where the router looks for it. */
    private static final Map<Option<String>, String> SUCCESSORS = Map.of(
            PageOptions.CUSTOM_PAGES_CHOOSE_PASSWORD, "passwordReset",
            PageOptions.CUSTOM_PAGES_PASSWORD_RESET_SUCCESS, "passwordResetSuccess",
            PageOptions.CUSTOM_PAGES_INVALID_PASSWORD_RESET_LINK, "passwordResetLinkInvalid",
            PageOptions.CUSTOM_PAGES_INVALID_LINK, "passwordResetLinkInvalid",
            PageOptions.CUSTOM_PAGES_VERIFY_EMAIL_SUCCESS, "emailVerificationSuccess",
            PageOptions.CUSTOM_PAGES_LINK_SEND_SUCCESS, "emailVerificationSendSuccess",
            PageOptions.CUSTOM_PAGES_LINK_SEND_FAIL, "emailVerificationSendFail",
            PageOptions.CUSTOM_PAGES_INVALID_VERIFICATION_LINK, "emailVerificationLinkInvalid",
            PageOptions.CUSTOM_PAGES_EXPIRED_VERIFICATION_LINK, "emailVerificationLinkInvalid");

    private PublicPages() {}

    /**
     * The router, unless {@code pages.enableRouter} is set to false.
     *
     * @throws dev.kami.parse.options.OptionsException when a folder, file or address of the options is not there
     */
    public static List<PageRoute> routes(Options options, AccountActions accounts, Log log) {
        if (options.isSet(PageOptions.PAGES_ENABLE_ROUTER) && !options.is(PageOptions.PAGES_ENABLE_ROUTER)) {
            return LegacyPages.of(options, accounts).routes();
        }
        SUCCESSORS.forEach((option, successor) -> {
            if (options.isSet(option)) {
                log.warn("Option " + option.path() + " has no effect on the pages router; use pages.customUrls."
                        + successor + ", or pages.enableRouter: false for the pages of the versions before 9.");
            }
        });
        return PageRouter.of(options, accounts).routes();
    }
}
