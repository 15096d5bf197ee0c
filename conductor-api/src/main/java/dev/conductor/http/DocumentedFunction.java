package dev.conductor.http;

import java.util.List;

/** A function as the reference page and the OpenAPI file show it. Immutable; any thread. */
interface DocumentedFunction {
  /** Its name in the path. */
  String name();

  /** Where it stands. */
  String path();

  /** A name that no other function has. */
  String operationId();

  /** All its parameters, the common ones included. */
  List<Param> params();

  /** Its parameters without the common ones. */
  List<Param> own();

  /** Parameters every request has for who asks and of what, each a name and what is said of it. */
  List<List<String>> identity();

  /** The same as an example has them, each as {@code name=value}. */
  List<String> identitySample();

  /** What the reference page says of it. */
  FunctionDoc doc();

  /** Whether it may be had by GET too. */
  boolean isRead();

  /** Whether it answers in the envelope, else TRUE or FALSE. */
  boolean inEnvelope();

  /** Whether what it answers is to be had as XML too. */
  default boolean inXml() {
    return true;
  }

  /** Media types of a body that is a file, the parameters standing in the query; none: a form. */
  default List<String> takes() {
    return List.of();
  }

  /** Media types of the file it answers; none where it answers no file. */
  default List<String> gives() {
    return List.of();
  }

  /** The heading it stands under. */
  String group();
}
