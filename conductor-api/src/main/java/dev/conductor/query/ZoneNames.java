package dev.conductor.query;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Short names of time zones in the US, Canada, Europe and Australia, and UTC. Ours, since releases
 * of the JDK differ in theirs. A zone that is not here, or is at an offset we have no name for, is
 * {@code GMT-03:00}. Any thread; immutable.
 */
final class ZoneNames {
  private static final Map<String, Map<Integer, String>> BY_ZONE = new HashMap<>();

  static {
    northAmerica();
    europe();
    australia();
    put(Map.of(0, "UTC"), "UTC", "Etc/UTC", "Etc/UCT", "UCT", "Etc/Universal", "Zulu", "Z");
  }

  private ZoneNames() {}

  /** The name a zone goes by while it is at this offset. */
  static String shortName(final ZoneId zone, final ZoneOffset offset) {
    final String name =
        BY_ZONE.getOrDefault(zone.getId(), Map.of()).get(offset.getTotalSeconds() / 60);
    if (name != null) {
      return name;
    }
    final int minutes = Math.abs(offset.getTotalSeconds()) / 60;
    if (minutes == 0) {
      return "GMT";
    }
    final char sign = offset.getTotalSeconds() < 0 ? '-' : '+';
    return String.format(Locale.ROOT, "GMT%c%02d:%02d", sign, minutes / 60, minutes % 60);
  }

  private static void northAmerica() {
    put(
        names(-300, "EST", "EDT"),
        zones(
            "America",
            "New_York Detroit Toronto Montreal Nipigon Thunder_Bay Iqaluit Pangnirtung Nassau"
                + " Louisville Kentucky/Louisville Kentucky/Monticello Fort_Wayne Indianapolis"
                + " Indiana/Indianapolis Indiana/Marengo Indiana/Petersburg Indiana/Vevay"
                + " Indiana/Vincennes Indiana/Winamac Atikokan Coral_Harbour"));
    put(names(-300, "EST", "EDT"), "US/Eastern", "US/Michigan", "US/East-Indiana");
    put(names(-300, "EST", "EDT"), "Canada/Eastern", "EST5EDT");
    put(
        names(-360, "CST", "CDT"),
        zones(
            "America",
            "Chicago Menominee Winnipeg Rainy_River Rankin_Inlet Resolute Regina Swift_Current"
                + " Indiana/Knox Indiana/Tell_City Knox_IN North_Dakota/Beulah"
                + " North_Dakota/Center North_Dakota/New_Salem"));
    put(names(-360, "CST", "CDT"), "US/Central", "US/Indiana-Starke", "Canada/Central", "CST6CDT");
    put(names(-360, "CST", "CDT"), "Canada/Saskatchewan");
    put(
        names(-420, "MST", "MDT"),
        zones(
            "America",
            "Denver Boise Phoenix Shiprock Edmonton Calgary Cambridge_Bay Inuvik Yellowknife Creston"
                + " Dawson_Creek Fort_Nelson Whitehorse Dawson"));
    put(names(-420, "MST", "MDT"), "US/Mountain", "US/Arizona", "Navajo", "Canada/Mountain");
    put(names(-420, "MST", "MDT"), "MST7MDT", "Canada/Yukon");
    put(names(-480, "PST", "PDT"), zones("America", "Los_Angeles Vancouver"));
    put(names(-480, "PST", "PDT"), "US/Pacific", "Canada/Pacific", "PST8PDT");
    put(
        names(-540, "AKST", "AKDT"),
        zones("America", "Anchorage Juneau Sitka Nome Yakutat Metlakatla"));
    put(names(-540, "AKST", "AKDT"), "US/Alaska");
    put(names(-600, "HST", "HDT"), "Pacific/Honolulu", "US/Hawaii", "Pacific/Johnston");
    put(names(-600, "HST", "HDT"), "America/Adak", "America/Atka", "US/Aleutian");
    put(
        names(-240, "AST", "ADT"),
        zones("America", "Halifax Glace_Bay Moncton Goose_Bay Blanc-Sablon Puerto_Rico"));
    put(names(-240, "AST", "ADT"), "Canada/Atlantic");
    put(names(-210, "NST", "NDT"), "America/St_Johns", "Canada/Newfoundland");
  }

  private static void europe() {
    put(Map.of(0, "GMT", 60, "BST"), zones("Europe", "London Belfast Jersey Guernsey Isle_of_Man"));
    put(Map.of(0, "GMT", 60, "BST"), "GB", "GB-Eire");
    put(Map.of(0, "GMT", 60, "IST"), "Europe/Dublin", "Eire");
    put(Map.of(0, "GMT"), "Atlantic/Reykjavik", "Iceland");
    put(
        names(0, "WET", "WEST"),
        "Europe/Lisbon",
        "Portugal",
        "Atlantic/Madeira",
        "Atlantic/Canary",
        "Atlantic/Faroe",
        "WET");
    put(
        names(60, "CET", "CEST"),
        zones(
            "Europe",
            "Paris Berlin Busingen Madrid Rome Vatican San_Marino Amsterdam Brussels Luxembourg"
                + " Vienna Zurich Vaduz Stockholm Oslo Copenhagen Prague Bratislava Budapest Warsaw"
                + " Ljubljana Zagreb Sarajevo Belgrade Podgorica Skopje Tirane Malta Monaco Andorra"
                + " Gibraltar"));
    put(names(60, "CET", "CEST"), "Arctic/Longyearbyen", "Africa/Ceuta", "Poland", "CET", "MET");
    put(
        names(120, "EET", "EEST"),
        zones(
            "Europe",
            "Athens Helsinki Mariehamn Tallinn Riga Vilnius Kiev Kyiv Uzhgorod Zaporozhye Bucharest"
                + " Sofia Chisinau Tiraspol Kaliningrad Nicosia"));
    put(names(120, "EET", "EEST"), "Asia/Nicosia", "EET");
    put(Map.of(180, "MSK"), zones("Europe", "Moscow Minsk Simferopol Kirov"));
    put(Map.of(180, "MSK"), "W-SU");
  }

  private static void australia() {
    put(
        names(600, "AEST", "AEDT"),
        zones(
            "Australia",
            "Sydney Melbourne Hobart Currie Canberra ACT NSW Victoria Tasmania Brisbane Lindeman"
                + " Queensland"));
    put(names(600, "AEST", "AEDT"), "Antarctica/Macquarie");
    put(
        names(570, "ACST", "ACDT"),
        zones("Australia", "Adelaide South Broken_Hill Yancowinna Darwin North"));
    put(Map.of(480, "AWST"), "Australia/Perth", "Australia/West");
  }

  /** Standard time at this offset, daylight time an hour ahead. */
  private static Map<Integer, String> names(
      final int standardMinutes, final String standard, final String daylight) {
    return Map.of(standardMinutes, standard, standardMinutes + 60, daylight);
  }

  private static String[] zones(final String area, final String cities) {
    final String[] zones = cities.split(" ");
    for (int i = 0; i < zones.length; i++) {
      zones[i] = area + "/" + zones[i];
    }
    return zones;
  }

  private static void put(final Map<Integer, String> names, final String... zones) {
    for (final String zone : zones) {
      BY_ZONE.put(zone, names);
    }
  }
}
