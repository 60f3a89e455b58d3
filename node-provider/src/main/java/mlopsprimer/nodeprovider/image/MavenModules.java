package mlopsprimer.nodeprovider.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The Maven modules of a project, and the modules that a module needs. Both come from the poms. */
final class MavenModules {
  private static final String GROUP = "mlopsprimer";
  private static final String MODULES = "/project/modules/module";
  private static final String ARTIFACT = "/project/artifactId";
  private static final String NEEDED =
      "/project/dependencies/dependency[groupId='%s'][not(scope='test')]/artifactId"
          .formatted(GROUP);

  private final Path project;

  MavenModules(Path project) {
    this.project = project;
  }

  /** The directories of a module and of all modules that it needs, directly or through others. */
  Set<String> withNeeded(String module) throws IOException {
    Map<String, String> directories = directoriesByArtifact();
    Set<String> found = new TreeSet<>();
    addWithNeeded(module, directories, found);
    return found;
  }

  private void addWithNeeded(String module, Map<String, String> directories, Set<String> found)
      throws IOException {
    if (found.add(module)) {
      for (String artifact : texts(NEEDED, module)) {
        if (directories.containsKey(artifact)) {
          addWithNeeded(directories.get(artifact), directories, found);
        }
      }
    }
  }

  private Map<String, String> directoriesByArtifact() throws IOException {
    Map<String, String> directories = new TreeMap<>();
    for (String directory : texts(MODULES, "")) {
      texts(ARTIFACT, directory).forEach(artifact -> directories.put(artifact, directory));
    }
    return directories;
  }

  /** The text of each element that an XPath selects in the pom of a directory. */
  private List<String> texts(String path, String directory) throws IOException {
    Path pom = project.resolve(directory).resolve("pom.xml");
    try {
      DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler()); // the default error handler prints errors
      Document document = builder.parse(pom.toFile());
      XPath xpath = XPathFactory.newInstance().newXPath();
      NodeList nodes = (NodeList) xpath.evaluate(path, document, XPathConstants.NODESET);
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < nodes.getLength(); i++) {
        texts.add(nodes.item(i).getTextContent().strip());
      }
      return texts;
    } catch (SAXException e) {
      throw new IOException(
          "%s is not valid XML (%s): correct that file".formatted(pom, e.getMessage()), e);
    } catch (ParserConfigurationException | XPathExpressionException e) {
      throw new AssertionError("every Java runtime has an XML parser and XPath", e);
    }
  }
}
