package dev.conductor.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads documents back with the strict parsers everyone has. */
public final class Documents {
  private Documents() {}

  /** The JSON document. */
  public static JsonNode json(final String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (final IOException e) {
      throw new AssertionError(text, e);
    }
  }

  /** The root of the XML document. */
  public static Element xml(final String text) {
    try {
      final var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      final var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
    } catch (final SAXException | IOException | ParserConfigurationException e) {
      throw new AssertionError(text, e);
    }
  }

  /** The child elements of this name. */
  public static List<Element> children(final Element of, final String name) {
    final List<Element> found = new ArrayList<>();
    for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  /** The text of the one child of this name at the end of a path of names. */
  public static String text(final Element root, final String... path) {
    Element at = root;
    for (final String name : path) {
      final List<Element> found = children(at, name);
      if (found.size() != 1) {
        throw new AssertionError(found.size() + " elements " + name + " in " + at.getTagName());
      }
      at = found.get(0);
    }
    return at.getTextContent();
  }
}
