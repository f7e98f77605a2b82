package dev.mhs.source.local.name;

import dev.mhs.api.IpLiteral;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what of a told name is shown. Pure. */
public final class HostNames {
  private static final String FILLERS = "\u115f\u1160\u3164\uffa0\u2800";
  private static final int LONGEST = 253; // RFC 1035 §2.3.4, without the root's dot

  private HostNames() {}

  /**
   * Returns the name to show.
   *
   * @param told what the resolver said
   * @param localDomains the household's own domains, which are cut off
   * @return the name, or null when it is none: an address in digits, nothing but blanks, too long,
   *     or with characters that do not show (control characters, direction marks, fillers)
   */
  public static @Nullable String shown(String told, List<String> localDomains) {
    String name = told.endsWith(".") ? told.substring(0, told.length() - 1) : told;
    boolean isName =
        !name.codePoints().allMatch(HostNames::isBlank)
            && name.length() <= LONGEST
            && name.codePoints().noneMatch(HostNames::isHidden)
            && IpLiteral.parse(withoutZone(name)).isEmpty();
    return isName ? withoutDomain(name, localDomains) : null;
  }

  private static String withoutZone(String name) {
    int zone = name.indexOf('%');
    return zone < 0 ? name : name.substring(0, zone);
  }

  private static String withoutDomain(String name, List<String> localDomains) {
    for (String domain : localDomains) {
      int cut = name.length() - domain.length() - 1;
      if (cut > 0
          && name.charAt(cut) == '.'
          && name.regionMatches(true, cut + 1, domain, 0, domain.length())) {
        return name.substring(0, cut);
      }
    }
    return name;
  }

  private static boolean isHidden(int codePoint) {
    return isFiller(codePoint) || hasHiddenType(codePoint);
  }

  private static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  /** By their type letters and a symbol, but they show nothing: of Hangul and braille. */
  private static boolean isFiller(int codePoint) {
    return FILLERS.indexOf(codePoint) >= 0;
  }

  private static boolean hasHiddenType(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
