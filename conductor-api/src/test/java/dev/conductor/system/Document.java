package dev.conductor.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The facts of the Conductor API's document, retyped: which objects have which fields of which
 * types, which functions take which parameters, which words there are. Misprints are kept; what we
 * make of them stands in the tests.
 */
final class Document {
  /** Fields of each object in the document's order, as {@code name:type}. */
  static final Map<String, List<String>> OBJECTS = new LinkedHashMap<>();

  /** Parameters of each function in the document's order; a question mark says optional. */
  static final Map<String, List<String>> FUNCTIONS = new LinkedHashMap<>();

  /** Source and name of each event. */
  static final List<String> EVENTS =
      List.of(
          "CALL NEWCALLER",
          "CALL UPDATE",
          "CALL NEWBREEAKOUT",
          "CALLER UPDATE",
          "CALLER ATTENTION",
          "CALLER TALKING",
          "CALLER BREAKOUT",
          "CALLER DEAF",
          "CALLER MIKE",
          "CALLER MUTE",
          "CONFERENCENEW BREAKOUT",
          "BREAKOUT UPDATE",
          "TAG UPDATE");

  /** Fields of an event. */
  static final List<String> EVENT = words("source name target");

  /** Fields that updateCall takes. */
  static final List<String> CALL_FIELDS =
      words("name notes note talking data greenroom entryway custom backgroundMusic link message");

  /** Fields that updateCaller and updateActiveCaller take. */
  static final List<String> CALLER_FIELDS =
      words(
          "mike deaf mute tag attention breakout data role notes note active custom1 custom2"
              + " volume_in volume_out energy");

  /** Fields that updateBreakout takes. */
  static final List<String> BREAKOUT_FIELDS = words("name attention callers data private");

  static final List<String> ROLES = words("PARTICIPANT ASSISTANT PRESENTER OPERATOR");

  /** The roles that settings are for; the first as it is misprinted. */
  static final List<String> SETTING_ROLES = words("PARTICPANT ASSISTANT PRESENTER");

  static final List<String> SETTINGS = words("mike mute deaf");
  static final List<String> CALL_STATUS = words("ACTIVE CLOSED");
  static final List<String> CONFERENCE_STATUS = words("SCHED ACTIVE IDLE CLOSED CANCEL");
  static final List<String> TAG_ACTIONS = words("Add Remove");
  static final List<String> CUSTOM_OBJECTS = words("customer conference call person caller");
  static final List<String> TYPES = words("XML JSON");

  static {
    object("Audio", "UID:String Name:String Value:String");
    object(
        "Call",
        "UID:String Name:String actualStartTime:DateTime actualEndTime:DateTime status:STATUS"
            + " notes:Text conferenceUID:String socketXML:Int callers:UID[] breakouts:UID[]"
            + " data:String server:String serverConferenceUID:String currentTime:DateTime"
            + " talking:Boolean greenroom:Boolean tags:CallTag[] settings:RoleFlag[] custom:Text"
            + " backgroundMusic:Boolean link:String message:String feedback:String"
            + " enableFeedback:Boolean enableBroadcast:Boolean custom:Pairs");
    object("CallTag", "ID:Integer value:String conferenceTagId:Integer");
    object(
        "Person",
        "UID:String name:String ANI:String PIN:String role:ROLE :String notes:String"
            + " custom1:String custom2:String tags:ConferenceTag[] custom:Pairs");
    object("ConferenceTag", "ID:Integer value:String");
    object(
        "Conference",
        "UID:String name:String scheduledStartTime:DateTime scheduledEndTime:DateTime customer:UID"
            + " status:String data:String persons:UID[] audio:Audio[] DID:String recording:Boolean"
            + " notes:String activeCallUID:UID mainCallUID:UID calls:UID[] tags:ConferenceTag[]"
            + " setting:RoleFlag[] custom:Text largeCall:Boolean placeCall:Boolean custom:Pairs");
    object(
        "Breakout",
        "UID:String name:String callers:UID[] attention:Boolean attentionTime:DateTime"
            + " lastAssistedTime:DateTime assistedGroup:Boolean data:String private:Boolean");
    object(
        "Caller",
        "UID:String ANI:String PIN:String DID:String startTime:DateTime endTime:DateTime role:ROLE"
            + " breakout:UID breakoutTime:DateTime mic:Boolean mute:Boolean deaf:Boolean"
            + " active:Boolean tag:String attention:Int attentionTime:DateTime data:String"
            + " notes:String custom1:String custom2:String volume_in:Number volume_out:Number"
            + " energy:Number custom:Pairs");
    object("RoleFlag", "role:ROLE mike:Boolean mute:Boolean deaf:Boolean");
    object(
        "Customer",
        "UID:String name:String status:String DID:String recording:String greenroom:String"
            + " contactEmails:String backgroundMusic:String placeCall:String custom:Pairs");

    function("getBreakout", "callUID securityTokenSecurity UID type?");
    function("getCaller", "callUID securityTokenSecurity UID type?");
    function("getConference", "conferenceUID securityToken type?");
    function("getConferenceData", "conferenceUID securityToken type?");
    function("getCall", "callUID securityToken type?");
    function("getCallData", "callUID securityToken type?");
    function("getCustomer", "conferenceUID securityToken type?");
    function("createBreakout", "callers callUID securityToken breakoutUID? name? private?");
    function(
        "createBreakout count",
        "callUID securityToken count callers<#> breakoutUID<#>? name<#>? private<#>?");
    function("closeCall", "callUID securityToken");
    function("updateCall", "callUID securityToken field value");
    function("updateCaller", "callUID securityToken UID field value");
    function("updateActiveCaller", "callUID securityToken field value role?");
    function("dropCaller", "callUID securityToken UID");
    function("playTone", "callUID securityToken tone");
    function("updateBreakout", "callUID securityToken UID field value");
    function("updateConferenceSetting", "conferenceUID securityToken role setting value");
    function("updateCallSetting", "callUID securityToken role setting value");
    function("updateCallerTag", "callUID callerUID callTagID action");
    function("createCallTag", "callUID securityToken conferenceTagID? value?");
    function("updateCallTag", "callUID securityToken callTagID value");
    function("placeCall", "callUID securityToken name? role number");
    function(
        "updateCustomValue", "callUID securityToken objectType objectUID customKey customValue");
  }

  private Document() {}

  /** All fields of all objects as {@code object.field:type}. */
  static List<String> fieldRows() {
    final List<String> rows = new ArrayList<>();
    OBJECTS.forEach((object, fields) -> fields.forEach(field -> rows.add(object + "." + field)));
    return rows;
  }

  /** All parameters of all functions as {@code function parameter}. */
  static List<String> parameterRows() {
    final List<String> rows = new ArrayList<>();
    FUNCTIONS.forEach(
        (function, parameters) ->
            parameters.forEach(parameter -> rows.add(function + " / " + parameter)));
    return rows;
  }

  private static void object(final String name, final String fields) {
    OBJECTS.put(name, words(fields));
  }

  private static void function(final String name, final String parameters) {
    FUNCTIONS.put(name, words(parameters));
  }

  private static List<String> words(final String text) {
    return List.of(text.split(" "));
  }
}
