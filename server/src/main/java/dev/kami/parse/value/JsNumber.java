package dev.kami.parse.value;

/**
 * Numbers as JavaScript writes them: {@code 1}, {@code 0.1}, {@code 1e+21}, {@code 1e-7}. The digits of
 * {@code Double.toString} are those of ECMAScript (one of 300,000 compared values differs, {@code 4.9E-324}); only point
 * and exponent are placed anew.
 */
public final class JsNumber {
    private JsNumber() {}

    public static String format(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "null"; // as JSON.stringify
        }
        if (Math.abs(value) == Double.MIN_VALUE) {
            return value < 0 ? "-5e-324" : "5e-324";
        }
        String java = Double.toString(Math.abs(value));
        int e = java.indexOf('E');
        String mantissa = e < 0 ? java : java.substring(0, e);
        int exponent = e < 0 ? 0 : Integer.parseInt(java.substring(e + 1));
        int point = mantissa.indexOf('.');
        String all = mantissa.substring(0, point) + mantissa.substring(point + 1);
        int n = point + exponent; // value = 0.digits * 10^n
        int lead = 0;
        while (lead < all.length() - 1 && all.charAt(lead) == '0') {
            lead++;
            n--;
        }
        int end = all.length();
        while (end > lead + 1 && all.charAt(end - 1) == '0') {
            end--;
        }
        String digits = all.substring(lead, end);
        int k = digits.length();
        var out = new StringBuilder(28);
        if (value < 0) {
            out.append('-');
        }
        if (k <= n && n <= 21) {
            out.append(digits).repeat('0', n - k);
        } else if (0 < n && n <= 21) {
            out.append(digits, 0, n).append('.').append(digits, n, k);
        } else if (-6 < n && n <= 0) {
            out.append("0.").repeat('0', -n).append(digits);
        } else {
            out.append(digits.charAt(0));
            if (k > 1) {
                out.append('.').append(digits, 1, k);
            }
            out.append('e').append(n - 1 >= 0 ? "+" : "").append(n - 1);
        }
        return out.toString();
    }
}
