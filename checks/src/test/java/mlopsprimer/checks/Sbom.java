package mlopsprimer.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The list of libraries that a jar contains about itself, in the format of CycloneDX. */
record Sbom(JsonObject json) {
  static final String IN_JAR = "META-INF/sbom/application.cdx.json";

  private static final Path REPOSITORY =
      Path.of(
          System.getProperty(
              "localRepository", System.getProperty("user.home") + "/.m2/repository"));

  static Sbom of(Archive jar) throws IOException {
    return new Sbom(JsonParser.parseString(new String(jar.read(IN_JAR), UTF_8)).getAsJsonObject());
  }

  /** The libraries of others. */
  List<Library> libraries() {
    return components().filter(library -> !library.group().equals("mlopsprimer")).toList();
  }

  /** The modules of this project. */
  List<Library> modules() {
    return components().filter(library -> library.group().equals("mlopsprimer")).toList();
  }

  private Stream<Library> components() {
    return stream(json.get("components")).map(Library::new);
  }

  private static Stream<JsonObject> stream(JsonElement array) {
    return array == null
        ? Stream.empty()
        : StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
            .map(JsonElement::getAsJsonObject);
  }

  /** A component of the SBOM. */
  record Library(JsonObject json) {
    String group() {
      return text("group");
    }

    String name() {
      return text("name");
    }

    String version() {
      return text("version");
    }

    String purl() {
      return text("purl");
    }

    private String text(String key) {
      return json.get(key).getAsString();
    }

    String sha256() {
      return stream(json.get("hashes"))
          .filter(hash -> hash.get("alg").getAsString().equals("SHA-256"))
          .map(hash -> hash.get("content").getAsString())
          .findFirst()
          .orElse("");
    }

    /** SPDX ids, expressions of them, and names of licences that have no id. */
    List<String> licences() {
      List<String> licences = new ArrayList<>();
      stream(json.get("licenses"))
          .forEach(
              choice -> {
                JsonObject licence =
                    choice.has("license") ? choice.getAsJsonObject("license") : choice;
                Stream.of("id", "name", "expression")
                    .filter(licence::has)
                    .map(key -> licence.get(key).getAsString())
                    .forEach(licences::add);
              });
      return licences;
    }

    /** The library's jar, which Maven downloaded for the build. */
    Path file() {
      return REPOSITORY
          .resolve(group().replace('.', '/'))
          .resolve(name())
          .resolve(version())
          .resolve("%s-%s.jar".formatted(name(), version()));
    }

    byte[] bytes() throws IOException {
      try (InputStream in = Files.newInputStream(file())) {
        return in.readAllBytes();
      }
    }

    @Override
    public String toString() {
      return name();
    }
  }
}
