package mlopsprimer.trainer.portable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Python and its packages that an MLflow model was tested with.
 *
 * @param packages pinned packages in the form of requirements.txt, such as {@code onnx==1.23.2}
 */
record PythonEnvironment(String python, List<String> packages) {
  /** The file requirements.txt beside this class pins the packages. */
  static final PythonEnvironment OF_MODELS = new PythonEnvironment("3.11.7", read());

  private static final String PIP = "23.2.1";
  private static final String SETUPTOOLS = "65.5.0";

  PythonEnvironment {
    packages = List.copyOf(packages);
  }

  private static List<String> read() {
    try (InputStream in = PythonEnvironment.class.getResourceAsStream("requirements.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Version of a package.
   *
   * @throws IllegalArgumentException if the package is not pinned
   */
  String version(String name) {
    return packages.stream()
        .filter(each -> each.startsWith(name + "=="))
        .map(each -> each.substring(name.length() + 2))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not in requirements.txt: " + name));
  }

  String requirements() {
    return String.join("\n", packages);
  }

  String condaYaml() {
    return """
        channels:
        - conda-forge
        dependencies:
        - python=%s
        - pip<=%s
        - pip:
        %sname: mlflow-env
        """
        .formatted(python, PIP, indented());
  }

  private String indented() {
    StringBuilder lines = new StringBuilder();
    packages.forEach(each -> lines.append("  - ").append(each).append('\n'));
    return lines.toString();
  }

  String pythonEnvYaml() {
    return """
        python: %s
        build_dependencies:
        - pip==%s
        - setuptools==%s
        - wheel
        dependencies:
        - -r requirements.txt
        """
        .formatted(python, PIP, SETUPTOOLS);
  }
}
